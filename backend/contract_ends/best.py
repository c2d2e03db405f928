"""What a customer has, what it costs, and the best lawful package for the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from backend.pricing.rules import Rates
from backend.qualification import holdings
from backend.qualification.holdings import Holding
from backend.qualification.rules import Qualification, question_of
from backend.rest.resource import Context
from letters import FieldValue, Price, Row


@dataclass(frozen=True, slots=True)
class Package:
    """Money per month, as the customer's price list shows it; `rows` of the best package."""

    now: Decimal
    best: Decimal | None
    rows: tuple[Row, ...]

    def fields(self) -> dict[str, FieldValue]:
        """What letters say of it."""
        if self.best is None:
            return {"price.now": self.now, "price.kept": self.now}
        return {"price.now": self.now, "price.best": self.best, "price.saved": self.now - self.best}


@dataclass(frozen=True, slots=True)
class Having:
    """What a customer has, and its rates."""

    holdings: tuple[Holding, ...]
    rates: Rates

    def rows(self, chosen: Sequence[Holding]) -> tuple[Row, ...]:
        return tuple(Row(each.name, Price(monthly=self.listed(each))) for each in chosen)

    def listed(self, holding: Holding) -> Decimal:
        return self.rates.listed(holding.monthly)


def having(context: Context, qualification: Qualification, customer_id: str) -> Having:
    """What a customer uses now."""
    question = question_of({"customerId": customer_id})
    subject = qualification.subject(context, question)
    held = tuple(each for each in holdings.of_customer(context, customer_id) if each.is_changeable)
    return Having(held, qualification.rates(context, subject, None))


def best(context: Context, qualification: Qualification, customer_id: str, has: Having) -> Package:
    """The cheapest lawful package that keeps what he uses, by the engine; none where he has it."""
    now = sum((has.listed(each) for each in has.holdings), Decimal("0.00"))
    found = qualification.repackage(context, question_of({"customerId": customer_id}))
    if found is None:
        return Package(now, None, ())
    rows = []
    for each in has.holdings:
        if each.id in found["moves"]:
            rows.append(_offered(has.rates, found["moves"][each.id], 1))
        elif each.id not in found["ends"]:
            rows.append(Row(each.name, Price(monthly=has.listed(each))))
    rows += [_offered(has.rates, code, count) for code, count in found["picks"].items()]
    return Package(now, now - Decimal(found["saves"]), tuple(rows))


def _offered(rates: Rates, code: str, count: int) -> Row:
    offer = rates.definitions.offer(code)
    return Row(offer.name, Price(monthly=rates.unit(offer).monthly), count)
