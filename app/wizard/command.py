"""The finished draft as the one command that creates everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from app.wizard.belonging import owner_of
from app.wizard.change_items import change_items, relies_on_installed
from app.wizard.choices import Choices, Line, OfferChoice, lines_of, sims_of
from app.wizard.draft import Draft
from app.wizard.fields import read_date
from app.wizard.porting import lines_served
from app.wizard.sellers import DIRECT, OWN
from app.wizard.setting import visible_settings

Body = dict[str, Any]


def creation_of(draft: Draft, choices: Choices | None) -> Body:
    """Build the body of `PUT /desk-api/v1/creation/{draft.id}`; the same draft, the same body."""
    order = None if draft.only_account or choices is None else _order(draft, choices)
    return {
        "customer": _customer(draft),
        "billingAccount": None if draft.customer_id else _billing_account(draft),
        "order": order,
        "picks": {} if order is None else dict(draft.picks),
        "addressId": draft.address_id,
        "priceList": draft.price_list or (choices.price_list if choices else ""),
        "reservations": [hold.reservation for hold in draft.holds.values() if order],
        "agreement": None if order is None else _agreement(draft),
        "waivers": [{"code": code, "reason": why} for code, why in sorted(draft.waived.items())],
        "messages": [
            {
                "to": message.to,
                "subject": message.subject,
                "content": message.content,
                "attachments": list(message.attachments),
            }
            for message in draft.messages
            if message.chosen
        ],
    }


def _customer(draft: Draft) -> Body:
    if draft.customer_id:
        return {"id": draft.customer_id}
    fields = draft.fields
    customer = {
        "name": draft.title,
        "contactMedium": list(_contact_media(fields)),
        "characteristic": [
            {"name": "language", "value": fields.get("language", "en"), "valueType": "string"},
            {"name": "identitySeen", "value": fields.get("identity", ""), "valueType": "string"},
        ],
        "relatedParty": list(_seller(fields)),
    }
    return {"party": _party(fields), "customer": customer, "pin": fields.get("pin", "")}


def _seller(fields: Mapping[str, str]) -> Iterator[Body]:
    """The reseller; where a partner's is not known here, the server takes the caller's own."""
    code = fields.get("reseller", DIRECT)
    if code != OWN:
        yield {"id": code, "role": "reseller", "@referredType": "PartyRole"}


def _party(fields: Mapping[str, str]) -> Body:
    names = {key: fields.get(key, "").strip() for key in ("givenName", "familyName")}
    media = list(_contact_media(fields))
    if fields.get("partyType") == "organization":
        number = fields.get("companyNumber", "").strip()
        identification = {"identificationType": "companyNumber", "identificationId": number}
        contact = {
            "name": "contactPerson",
            "value": " ".join(names.values()),
            "valueType": "string",
        }
        return {
            "@type": "Organization",
            "tradingName": fields.get("tradingName", "").strip(),
            "organizationIdentification": [identification] if number else [],
            "partyCharacteristic": [contact],
            "contactMedium": media,
        }
    born = read_date(fields.get("birthDate", ""))
    return {
        "@type": "Individual",
        **names,
        **({"birthDate": f"{born.isoformat()}T00:00:00Z"} if born else {}),
        "contactMedium": media,
    }


def _contact_media(fields: Mapping[str, str]) -> Iterator[Body]:
    email, telephone = fields.get("email", "").strip(), fields.get("telephone", "").strip()
    if email:
        yield {
            "mediumType": "email",
            "preferred": True,
            "characteristic": {"contactType": "personal", "emailAddress": email},
        }
    if telephone:
        yield {
            "mediumType": "phone",
            "preferred": False,
            "characteristic": {"contactType": "mobile", "phoneNumber": telephone},
        }


def _billing_account(draft: Draft) -> Body:
    account: Body = {
        "name": draft.fields.get("accountName", "").strip() or draft.title,
        "accountType": "postpaid",
    }
    if by := draft.fields.get("billBy"):
        account["billStructure"] = {"presentationMedia": [{"name": by, "isRef": False}]}
    return account


def _agreement(draft: Draft) -> Body:
    given = draft.agreement
    return {
        "way": given.way,
        "at": given.at.isoformat() if given.at else None,
        "termsVersion": given.terms_version,
        "termsHash": given.terms_hash,
    }


def _order(draft: Draft, choices: Choices) -> Body:
    items = list(_items(draft, choices))
    for position, item in enumerate(items, 1):
        item["id"] = str(position)
    ids = {item.pop("key"): item["id"] for item in items}
    for item in items:
        line = item.pop("line", None)
        if line in ids:
            relation = {"id": ids[line], "relationshipType": "reliesOn"}
            item["productOrderItemRelationship"] = [relation]
        elif relations := relies_on_installed(line):
            item["product"]["productRelationship"] = relations
    return {
        "externalId": draft.id,
        "channel": [{"id": "CALL", "name": "Call centre", "role": "sales"}],
        "productOrderItem": items,
    }


def _items(draft: Draft, choices: Choices) -> Iterator[Body]:
    """One item for each line with its number, each SIM on its line, all the rest, the changes."""
    lines, ported = lines_of(draft.picks, choices), lines_served(draft, choices)
    for line in lines:
        yield _line_item(draft, line, choices)
    mobile = [line for line in lines if line.number_type == "mobile"]
    counted = Counter[str]()
    for position, sim in enumerate(sims_of(draft.picks, choices)):
        line_key = mobile[position].key if position < len(mobile) else None
        counted[sim.id] += 1
        key = f"{sim.id}#{counted[sim.id]}"
        shown = visible_settings(key, draft.settings.get(key, {}), choices)
        yield _item(sim, key, line=line_key, characteristics=_characteristics(shown))
    for offer in choices.offers:
        if offer.number_type or offer.role == "sim":
            continue
        for index in range(1, draft.picks.get(offer.id, 0) + 1):
            key = f"{offer.id}#{index}"
            settings = draft.settings.get(key, {})
            line_key = ported.get(key) or owner_of(offer, index, settings, draft, choices)
            shown = visible_settings(key, settings, choices)
            yield _item(offer, key, line=line_key, characteristics=_characteristics(shown))
    yield from change_items(draft)


def _characteristics(settings: Mapping[str, str]) -> list[Body]:
    return [
        {"name": name, "value": value, "valueType": "string"}
        for name, value in settings.items()
        if name != "line"  # a relationship of the item, not a characteristic of the product
    ]


def _line_item(draft: Draft, line: Line, choices: Choices) -> Body:
    settings = visible_settings(line.key, draft.settings.get(line.key, {}), choices)
    characteristics = _characteristics(settings)
    hold = draft.holds.get(line.key)
    if hold:
        number = {"name": "telephoneNumber", "value": hold.number, "valueType": "string"}
        characteristics.insert(0, number)
    return _item(line.offer, line.key, characteristics=characteristics)


def _item(
    offer: OfferChoice,
    key: str,
    *,
    line: str | None = None,
    characteristics: list[Body] | None = None,
) -> Body:
    return {
        "key": key,
        "line": line,
        "action": "add",
        "quantity": 1,
        "productOffering": {"id": offer.id, "name": offer.name, "@referredType": "ProductOffering"},
        "product": {"@type": "Product", "productCharacteristic": characteristics or []},
    }
