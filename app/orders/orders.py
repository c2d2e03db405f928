"""The orders of an account: three lanes, and the page of each order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from app.accounts.families import Known
from app.accounts.reading import monthly, once, telephones
from app.accounts.records import Chip
from app.customers.rows import is_mobile
from app.language import tr
from app.orders import sentence
from app.orders.film import Told, progress_of, step_state, steps_of
from app.orders.items import item_name
from app.orders.records import Film, Lane, Line, LogLine, Row
from app.orders.tasks import Task, tasks_of
from app.orders.times import lasting
from app.orders.wording import title_of
from app.texts import moment, money, short_day
from backend_client.desk_records import Account
from backend_client.inventory import Product
from backend_client.ordering import ProductOrder, ProductOrderItem

_LATE = dt.timedelta(minutes=1)  # clocks of desk and server are never quite alike


def open_orders(account: Account) -> tuple[ProductOrder, ...]:
    """The orders that still move, newest first."""
    return tuple(order for order in account.orders if not order.is_final)


def rows_of(account: Account, known: Known, now: dt.datetime) -> tuple[Row, ...]:
    """All orders, lane by lane, the newest first in each."""
    rows = [_row(account, order, known, now) for order in account.orders]
    return tuple(row for lane in Lane for row in rows if row.lane is lane)


def film_of(account: Account, order_id: str, known: Known, now: dt.datetime) -> Film | None:
    """The page of one order; None where the account has no such order."""
    order = next((each for each in account.orders if each.id == order_id), None)
    if order is None:
        return None
    tasks = tasks_of(account.flows, order.id)
    progress = progress_of(tasks, now)
    return Film(
        id=order.id,
        number=order.number,
        title=title_of(order, known),
        state=state_of(order, tasks, now),
        ordered=_ordered(order, now),
        steps=steps_of(tasks, Told(account, order.id, now), now),
        progress=progress,
        lines=tuple(line for item in order.product_order_item for line in _lines(account, item)),
        sums=_sums(account, order),
        sentence=sentence.to_say(order, tasks, prices_of(account, order), known, now),
        text_to=next((number for number in telephones(account) if is_mobile(number)), ""),
        is_open=not order.is_final,
        may_cancel=may_cancel(order, tasks),
        log=_log(tasks, now),
    )


def lane_of(order: ProductOrder) -> Lane:
    if not order.is_final:
        return Lane.OPEN
    actions = {item.action for item in order.product_order_item}
    ended = order.state == "completed" and actions == {"delete"}
    return Lane.ENDED if ended else Lane.DONE


def state_of(order: ProductOrder, tasks: Sequence[Task], now: dt.datetime) -> Chip:
    """An order in a word: on time only where a promise says so."""
    ended = {
        "completed": Chip(tr("Done")),
        "cancelled": Chip(tr("Cancelled")),
        "rejected": Chip(tr("Refused"), "bad"),
        "failed": Chip(tr("Failed"), "bad"),
        "partial": Chip(tr("Partly done"), "warn"),
    }
    state = order.state or ""
    if state in ended:
        return Chip(tr("Ended")) if lane_of(order) is Lane.ENDED else ended[state]
    if state == "held" or any(task.state == "hold" for task in tasks):
        return Chip(tr("Stuck"), "warn")
    if state in {"assessingCancellation", "pendingCancellation"}:
        return Chip(tr("Being cancelled"), "warn")
    live = [task for task in tasks if task.state in {"active", "new"} and task.promise]
    if any(task.promise and task.promise.end + _LATE < now for task in live if not _day(task)):
        return Chip(tr("Late"), "bad")
    if any(task.in_danger for task in live):
        return Chip(tr("May become late"), "warn")
    if live:
        return Chip(tr("On time"), "good")
    return Chip(tr("Accepted") if state == "acknowledged" else tr("In progress"), "info")


def may_cancel(order: ProductOrder, tasks: Sequence[Task]) -> bool:
    """Whether the point of no return lies ahead; the server has the last word."""
    passed = any(task.no_return and task.state in {"active", "completed"} for task in tasks)
    cancelling = {"assessingCancellation", "pendingCancellation"}
    return not order.is_final and order.state not in cancelling and not passed


def _day(task: Task) -> bool:
    """A promised day is late only when it is over; its hour says nothing."""
    return task.promise is not None and task.promise.whole_day


def _row(account: Account, order: ProductOrder, known: Known, now: dt.datetime) -> Row:
    tasks = tasks_of(account.flows, order.id)
    return Row(
        id=order.id,
        lane=lane_of(order),
        title=title_of(order, known),
        number=order.number,
        state=state_of(order, tasks, now),
        when=_when(order, now),
    )


def _when(order: ProductOrder, now: dt.datetime) -> str:
    ended = order.completion_date or order.cancellation_date
    if ended is None or not order.is_final:
        return _ordered(order, now)
    last = _short(ended, now)
    if lane_of(order) is Lane.ENDED:
        return tr("ended {day}", day=last)
    first = _short(order.order_date, now) if order.order_date else last
    return last if first == last else tr("{first} to {last}", first=first, last=last)


def _ordered(order: ProductOrder, now: dt.datetime) -> str:
    return tr("ordered {day}", day=_short(order.order_date, now)) if order.order_date else ""


def _short(value: dt.datetime, now: dt.datetime) -> str:
    return short_day(value.astimezone(now.tzinfo).date(), today=now.date())


def _lines(account: Account, item: ProductOrderItem) -> tuple[Line, ...]:
    each_month, name = monthly(item.item_price), item_name(item)
    if item.action == "delete":
        return (Line(name, money(-each_month), "-"),)
    found = []
    before = exchanged(account, item)
    if before is not None:
        found.append(Line(before.name or name, money(-monthly(before.product_price)), "-"))
    mark: Literal["+", ""] = "+" if item.action == "add" or before is not None else ""
    single = [price for price in item.item_price if once([price])]
    if each_month or not single:
        found.append(Line(name, money(each_month), mark))
    for price in single:  # a memorable number is told by its own name
        own = price.name or name
        told = name if own.startswith(name) else own
        found.append(Line(told, tr("{price} once", price=money(once([price]))), mark))
    return tuple(found)


def exchanged(account: Account, item: ProductOrderItem) -> Product | None:
    """The product that an item turns into another; None once it is done."""
    wanted = item.product.id if item.product and item.action == "modify" else ""
    found = next((each for each in account.products if each.id == wanted and wanted), None)
    if found is None or not found.product_offering or not item.product_offering:
        return None
    return found if found.product_offering.id != item.product_offering.id else None


def prices_of(account: Account, order: ProductOrder) -> tuple[Decimal, Decimal]:
    """What falls away and what is added each month, in pounds."""
    gone = added = Decimal(0)
    for item in order.product_order_item:
        before = exchanged(account, item)
        if item.action == "delete":
            gone += monthly(item.item_price)
        elif item.action == "add" or before is not None:
            added += monthly(item.item_price)
            gone += monthly(before.product_price) if before is not None else 0
    return gone, added


def change_each_month(account: Account, order: ProductOrder) -> Decimal:
    """What the order adds to each month's bill, in pounds; less than nothing where it saves."""
    gone, added = prices_of(account, order)
    return added - gone


def _sums(account: Account, order: ProductOrder) -> tuple[Line, ...]:
    at_once = sum(
        (once(item.item_price) for item in order.product_order_item if item.action == "add"),
        Decimal(0),
    )
    sums = [Line(tr("Change each month"), money(change_each_month(account, order), signed=True))]
    if at_once:
        sums.append(Line(tr("Once"), money(at_once)))
    return tuple(sums)


def _log(tasks: Sequence[Task], now: dt.datetime) -> tuple[LogLine, ...]:
    """What the systems did, step by step, the latest first."""
    lines = [
        LogLine(
            task.id,
            task.began,
            moment(task.began, now=now),
            task.name,
            _came_of(task),
            step_state(task),
        )
        for task in tasks
        if task.began is not None
    ]
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True))


def _came_of(task: Task) -> str:
    parts = [task.outcome or task.state]
    if task.attempts > 1:
        parts.append(tr("{count} tries", count=task.attempts))
    if task.began and task.ended:
        parts.append(lasting(task.ended - task.began))
    if task.waits_for and task.ended is None:
        parts.append(tr("waits for {what}", what=task.waits_for))
    return ", ".join(parts)
