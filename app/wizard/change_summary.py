"""A change in figures and sentences: was, will be, exit fees, the next bill, what is read out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.language import tr, trn
from app.texts import joined, long_day, money
from app.wizard.change_view import count_of_changes, product_by_id, set_anew
from app.wizard.choices import Choices, Difference
from app.wizard.draft import Draft
from app.wizard.offers_view import split_name
from backend_client.choices import ChangeLine


def difference_of(draft: Draft, choices: Choices | None) -> Difference | None:
    """What changes for a customer who has something already; None: it is all new."""
    if choices is None or draft.customer_id is None or not choices.installed:
        return None
    return choices.difference


def changed_lines(difference: Difference) -> tuple[ChangeLine, ...]:
    """Lines of what does not stay as it is: what becomes something else, what ends, what comes."""
    order = {"move": 0, "end": 1, "add": 2}
    found = [each for each in difference.lines if each.change in order]
    return tuple(sorted(found, key=lambda each: order[each.change]))


def line_words(line: ChangeLine) -> str:
    """One line in words: "Skarv 100 becomes Skarv Unlimited"."""
    name = split_name(line.name)[0]
    if line.quantity > 1:
        name = f"{line.quantity} × {name}"
    if line.change == "move" and line.was:
        return tr("{was} becomes {name}", was=split_name(line.was)[0], name=name)
    return tr("{name} ends", name=name) if line.change == "end" else name


def standing_words(draft: Draft, difference: Difference) -> str:
    """What stands on the service step: "3 changes, +£4.00"."""
    count = count_of_changes(draft)
    more = difference.monthly_after - difference.monthly_before
    price = money(more, signed=True) if more else tr("same price")
    return trn("{count} change, {price}", "{count} changes, {price}", count, price=price)


def was_words(difference: Difference) -> str:
    """What it was and how much it changes: "£114.00 until now, +£4.00"."""
    before, more = difference.monthly_before, difference.monthly_after - difference.monthly_before
    if not more:
        return tr("{before} until now, no difference", before=money(before))
    return tr("{before} until now, {more}", before=money(before), more=money(more, signed=True))


def next_bill_words(difference: Difference) -> tuple[str, str]:
    """Name and amount of the next bill; empty where it is not known."""
    bill = difference.next_bill
    if bill is None:
        return "", ""
    day = long_day(bill.day).partition(" ")[2]
    return tr("Next bill, {day}", day=day), money(bill.total.gross)


def change_sentence(
    draft: Draft, choices: Choices, difference: Difference, *, cooling_off: int
) -> str:
    """What the agent reads out before the customer agrees; `cooling_off` in days."""
    sentences = [*_sentences(draft, choices, difference)]
    if choices.totals.vat == "added":
        sentences.append(tr("VAT is added to these prices."))
    if any(each.change != "end" for each in changed_lines(difference)):
        sentences.append(tr("You can cancel what is new within {days} days.", days=cooling_off))
    sentences.append(tr("Do you agree?"))
    return " ".join(sentences)


def _sentences(draft: Draft, choices: Choices, difference: Difference) -> Iterator[str]:
    lines = changed_lines(difference)
    for line in lines:
        if line.change == "move":
            yield line_words(line) + "."
    ended = [split_name(each.name)[0] for each in _worth_saying(lines, "end")]
    if ended:
        yield trn("{names} ends.", "{names} end.", len(ended), names=joined(ended))
    added = [line_words(each) for each in _worth_saying(lines, "add")]
    if added:
        yield tr("You take {products}.", products=joined(added))
    for product in set_anew(draft):
        installed = product_by_id(choices, product)
        if installed:
            yield tr("{name} is set anew.", name=split_name(installed.name)[0])
    yield _prices(difference)
    yield from _terms(lines)
    if difference.exit_fees:
        yield tr("Leaving early costs {fee} once.", fee=money(difference.exit_fees))
    bill = difference.next_bill
    if bill is not None:
        day, total = long_day(bill.day).partition(" ")[2], money(bill.total.gross)
        yield tr("The next bill on {day} is {total}.", day=day, total=total)


def _worth_saying(lines: Sequence[ChangeLine], change: str) -> list[ChangeLine]:
    """Lines of one kind without what costs nothing beside others, such as a SIM."""
    found = [each for each in lines if each.change == change]
    paid = [each for each in found if each.monthly_before or each.monthly_after or each.once]
    return paid or found


def _terms(lines: Sequence[ChangeLine]) -> Iterator[str]:
    """How long each minimum term binds from now on, the longest first."""
    terms = sorted({each.term for each in lines if each.term > 1}, reverse=True)
    for term in terms:
        names = [split_name(each.name)[0] for each in lines if each.term == term]
        one, many = "{names} runs {term} months.", "{names} run {term} months."
        yield trn(one, many, len(names), names=joined(names), term=term)


def _prices(difference: Difference) -> str:
    before, after = money(difference.monthly_before), money(difference.monthly_after)
    if before == after:
        words = tr("You go on paying {after} a month", after=after)
    else:
        words = tr("You pay {after} a month instead of {before}", after=after, before=before)
    if difference.once:
        words += " " + tr("and {price} once", price=money(difference.once))
    return words + "."
