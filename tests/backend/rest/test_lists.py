"""Lists against a model of them in plain Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.database import Database
from backend.party import rules as party
from backend.party.rules import INDIVIDUAL
from backend.rest import listing
from backend.rest.errors import Invalid, NotSupported
from backend.rest.query import read
from backend.rest.resource import Context, Document
from tests.support.rest import AGENT, RESELLER

NAMES = ["Ashgrove", "Loomis", "Marrowby", "Quillfeather", "O'Hara", "%", "a,b"]
TITLES = ["Mr", "Ms", "7", None]
VALUES = [1, 7, 7.5, "7", True, "true", "gold", "2026-01-01T00:00:00Z"]
OPERATORS = ["eq", "ne", "gt", "gte", "lt", "lte"]
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "gt": lambda one, other: one > other,
    "gte": lambda one, other: one >= other,
    "lt": lambda one, other: one < other,
    "lte": lambda one, other: one <= other,
}


def people() -> Iterator[Document]:
    """Forty people who differ in everything a list looks at."""
    for number in range(40):
        person: Document = {
            "givenName": f"N{number:02d}",
            "familyName": NAMES[number % len(NAMES)],
            "partyCharacteristic": [
                {"name": f"c{number % 3}", "value": VALUES[number % len(VALUES)]},
                {"name": "other", "value": VALUES[(number * 3 + 1) % len(VALUES)]},
            ],
        }
        if title := TITLES[number % len(TITLES)]:
            person["title"] = title
        yield person


@pytest.fixture
def stored(database: Database) -> list[Document]:
    with database.begin() as connection:
        context = Context(connection, AGENT, datetime.now(UTC), "test")
        return [
            party.create_individual(context, person, identity=f"p{number:02d}")
            for number, person in enumerate(people())
        ]


def ids(database: Database, raw: str) -> list[str]:
    with database.read() as connection:
        page = listing.page(connection, INDIVIDUAL, AGENT, read(raw))
    return [orjson.loads(item)["id"] for item in page.items]


def values_at(node: Any, path: str) -> list[Any]:
    """Everything a dotted path meets, through arrays as well."""
    nodes = [node]
    for step in path.split("."):
        flat = [item for one in nodes for item in (one if isinstance(one, list) else [one])]
        nodes = [one[step] for one in flat if isinstance(one, dict) and step in one]
    return nodes


def moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text)) if "-" in str(text) else None
    except ValueError:
        return None


def equal(found: Any, wanted: str) -> bool:
    if isinstance(found, bool):
        return wanted == str(found).lower()
    if isinstance(found, int | float):
        return wanted.replace(".", "").isdigit() and found == float(wanted)
    return bool(found == wanted)


def beyond(found: Any, operator: str, wanted: str, *, promoted: bool) -> bool:
    compare = COMPARE[operator]
    if promoted:
        return compare(found, wanted)
    if wanted.replace(".", "").isdigit():
        number = isinstance(found, int | float) and not isinstance(found, bool)
        return number and compare(found, float(wanted))
    if (when := moment(wanted)) is not None:
        there = moment(found) if isinstance(found, str) else None
        return there is not None and compare(there, when)
    return isinstance(found, str) and compare(found, wanted)


def fits(person: Document, path: str, operator: str, wanted: list[str]) -> bool:
    found = values_at(person, path)
    if operator in {"eq", "ne"}:
        any_equal = any(equal(one, value) for one in found for value in wanted)
        return any_equal is (operator == "eq")
    promoted = path in INDIVIDUAL.columns
    return any(beyond(one, operator, value, promoted=promoted) for one in found for value in wanted)


conditions = st.tuples(
    st.sampled_from(
        [
            "familyName",
            "givenName",
            "title",
            "partyCharacteristic.name",
            "partyCharacteristic.value",
        ]
    ),
    st.sampled_from(OPERATORS),
    st.lists(
        st.sampled_from(
            [*NAMES, "Mr", "7", "7.5", "1", "true", "gold", "c1", "N17", "2026-01-01T00:00:00Z"]
        ),
        min_size=1,
        max_size=3,
        unique=True,
    ),
)
orders = st.lists(
    st.tuples(st.sampled_from(["familyName", "title", "givenName"]), st.booleans()),
    max_size=2,
    unique_by=lambda one: one[0],
)


def sorted_as_asked(found: list[Document], order: list[tuple[str, bool]]) -> list[Document]:
    result = sorted(found, key=lambda person: person["id"])
    for path, descending in reversed(order):
        there = [person for person in result if path in person]
        gone = [person for person in result if path not in person]
        there.sort(key=lambda person: person[path], reverse=descending)
        result = there + gone
    return result


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    wanted=st.lists(conditions, max_size=2, unique_by=lambda one: one[:2]),
    order=orders,
    offset=st.integers(0, 45),
    limit=st.integers(0, 45),
)
def test_a_list_is_what_the_model_says(
    database: Database,
    stored: list[Document],
    wanted: list[tuple[str, str, list[str]]],
    order: list[tuple[str, bool]],
    offset: int,
    limit: int,
) -> None:
    pairs = [
        (f"{path}.{operator}", ",".join(f'"{value}"' for value in values))
        for path, operator, values in wanted
    ]
    pairs += [("offset", str(offset)), ("limit", str(limit))]
    pairs += [("sort", ",".join(f"{'-' if down else ''}{path}" for path, down in order))]
    raw = urlencode(pairs)
    expected = [person for person in stored if all(fits(person, *one) for one in wanted)]
    with database.read() as connection:
        page = listing.page(connection, INDIVIDUAL, AGENT, read(raw))
    found = [orjson.loads(item) for item in page.items]
    assert found == sorted_as_asked(expected, order)[offset : offset + limit], raw
    assert page.total == len(expected), raw


def test_two_conditions_on_one_array_need_filter_to_mean_one_element(
    database: Database, stored: list[Document]
) -> None:
    loose = ids(database, "partyCharacteristic.name=c1&partyCharacteristic.value=gold")
    strict = ids(
        database,
        urlencode({"filter": "$[?(@.partyCharacteristic[?(@.name=='c1' && @.value=='gold')])]"}),
    )
    assert strict == [
        person["id"]
        for person in stored
        if any(
            one["name"] == "c1" and one["value"] == "gold" for one in person["partyCharacteristic"]
        )
    ]
    assert set(strict) < set(loose)


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("$[?(@.familyName=='Loomis')]", lambda one: one["familyName"] == "Loomis"),
        ("$[?(@.title!='Mr')]", lambda one: one.get("title") != "Mr"),
        ("$[?(@.title)]", lambda one: "title" in one),
        ("$[?(!(@.title))]", lambda one: "title" not in one),
        ("$[?(@.title=='Mr' || @.title=='Ms')]", lambda one: one.get("title") in {"Mr", "Ms"}),
        ("$[?(@.familyName=~/^m.*y$/i)]", lambda one: one["familyName"] == "Marrowby"),
        (
            "partyCharacteristic[?(@.value==7.5)]",
            lambda one: any(c["value"] == 7.5 for c in one["partyCharacteristic"]),
        ),
        (
            "$[?(@.partyCharacteristic[0].value==true)]",
            lambda one: one["partyCharacteristic"][0]["value"] is True,
        ),
        ('$[?(@.familyName=="O\'Hara")]', lambda one: one["familyName"] == "O'Hara"),
    ],
)
def test_json_paths_keep_what_they_say(
    database: Database, stored: list[Document], path: str, kept: Callable[[Document], bool]
) -> None:
    expected = [person["id"] for person in stored if kept(person)]
    assert ids(database, urlencode({"filter": path})) == expected


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("$[?(", Invalid),
        ("nonsense[[", Invalid),
        ("$" + "[?(@.a" * 40 + ")]" * 40, Invalid),
        ("$[?(length(@.title) > 3)]", NotSupported),
        ("$..title", NotSupported),
        ("$[?(@.title in ['Mr'])]", NotSupported),
        ("$[?(@.title=~/(a)\\1/)]", Invalid),
        ("x" * 3000, Invalid),
    ],
)
def test_other_json_paths_are_refused(
    database: Database, path: str, problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        ids(database, urlencode({"filter": path}))


@pytest.mark.parametrize(
    "raw",
    [
        "noSuchThing=1",
        "sort=noSuchThing",
        "birthDate.gt=tomorrow",
        "lastUpdate=2026-13-45",
        "title.gt=2026-13-45",
        "familyName.regex=(",
        "title.regex=[",
        "title.regex=" + "a" * 201,
        "familyName.regex=(a)\\1",
    ],
)
def test_slips_are_refused_instead_of_finding_nothing(database: Database, raw: str) -> None:
    with pytest.raises(Invalid):
        ids(database, raw)


@pytest.mark.parametrize(
    "text",
    ["' OR '1'='1", "'; DROP TABLE individual; --", '" || true', "%", "\\", "$(id)", '") || (1==1'],
)
def test_values_are_only_values(database: Database, stored: list[Document], text: str) -> None:
    for path in ("familyName", "title", "partyCharacteristic.value"):
        for operator in OPERATORS:
            raw = urlencode({f"{path}.{operator}": f'"{text}"'.replace('""', '"')})
            expected = fits_all(stored, path, operator, text)
            assert ids(database, f"{raw}&limit=500") == expected


def fits_all(stored: list[Document], path: str, operator: str, text: str) -> list[str]:
    value = text.replace('""', '"')
    quoted = f'"{text}"'.replace('""', '"')
    wanted = list(read(urlencode({path: quoted})).conditions[0].values)
    assert wanted == [value] or '"' in value
    return [person["id"] for person in stored if fits(person, path, operator, wanted)]


def test_a_reseller_sees_only_its_own(database: Database, stored: list[Document]) -> None:
    with database.begin() as connection:
        context = Context(connection, RESELLER, datetime.now(UTC), "test")
        own = party.create_individual(context, {"givenName": "Halla", "familyName": "Mossbeck"})
        page = listing.page(connection, INDIVIDUAL, RESELLER, read("limit=500"))
    assert [orjson.loads(item)["id"] for item in page.items] == [own["id"]]
    assert page.total == 1
    assert len(stored) == 40


def test_lists_of_the_same_kind_are_answered_by_their_own_values(
    database: Database, stored: list[Document]
) -> None:
    for document in stored:
        assert ids(database, f"givenName={document['givenName']}") == [document["id"]]
        beyond = f"givenName.gt={document['givenName']}&sort=givenName&limit=1"
        assert (
            ids(database, beyond)
            == [f"p{int(document['id'][1:]) + 1:02d}"][: document["id"] != "p39"]
        )


def test_a_filter_that_takes_too_long_is_stopped(
    database: Database, stored: list[Document]
) -> None:
    def slow(seconds: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
        return sa.func.pg_sleep(sa.cast(seconds, sa.Float)).is_not(None)

    searching = replace(INDIVIDUAL, searches={"q": slow})
    with database.read() as connection, pytest.raises(Invalid, match="too long"):
        connection.exec_driver_sql("SET statement_timeout = '50ms'")
        listing.page(connection, searching, AGENT, read("q=30"))
    assert stored


def test_times_compare_as_moments_in_any_offset(database: Database, stored: list[Document]) -> None:
    for raw in ("lastUpdate.gt=2026-01-01T00:00:00%2B02:00", "lastUpdate.gt=2026-01-01"):
        assert len(ids(database, raw)) == len(stored)
    assert ids(database, "lastUpdate.lt=2026-01-01T00:00:00Z") == []
