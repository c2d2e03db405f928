"""Orders name what they change by its id; here they are given the names people know."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from backend_client.desk_records import Account
from backend_client.inventory import Product
from backend_client.ordering import ProductOrder, ProductOrderItem
from backend_client.records import Place


def with_names(account: Account) -> Account:
    """The account, its orders saying the names of products and places they only point to."""
    products = {each.id: each for each in account.products}
    places = {each.id: each.label for each in account.places}
    orders = tuple(_order(each, products, places) for each in account.orders)
    return replace(account, orders=orders)


def _order(
    order: ProductOrder, products: Mapping[str, Product], places: Mapping[str, str]
) -> ProductOrder:
    items = tuple(_item(each, products, places) for each in order.product_order_item)
    return replace(order, product_order_item=items)


def _item(
    item: ProductOrderItem, products: Mapping[str, Product], places: Mapping[str, str]
) -> ProductOrderItem:
    told = item.product
    if told is None:
        return item
    known = products.get(told.id, Product())
    product = replace(
        told,
        name=told.name or known.name,
        product_characteristic=told.product_characteristic or known.product_characteristic,
        place=tuple(_place(each, places) for each in told.place),
    )
    offering = item.product_offering or told.product_offering or known.product_offering
    return replace(item, product=product, product_offering=offering)


def _place(place: Place, places: Mapping[str, str]) -> Place:
    return replace(place, name=place.name or places.get(place.id or ""))
