"""What a customer may order, and what may happen to him: a story for each process flow.

Where a story yields, all that was begun is carried out before it goes on; what it begins last is
what it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from backend.account import rules as account
from backend.flows.engine import FLOW
from backend.rest.resource import Document
from tests.backend.flows.conftest import Operation, add, mobile
from tests.backend.flows.holdings import Holder
from tests.backend.flows.test_families import address, at

HOME = ("F02", "F07", "F13", "V01", "T01", "S01", "C06")
"""Fibre with an engineer, a telephone over it, television, and a pack of channels."""


@dataclass(frozen=True)
class Scene:
    """A customer of the operator, and what he has by its offering."""

    operation: Operation
    holder: Holder

    def order(self, *items: Document, **more: Any) -> None:
        """Order something; his products are known by their offerings from then on."""
        order = self.operation.place(self.holder.customer, *items, **more)
        for item in order["productOrderItem"]:
            if item["action"] == "add":
                self.holder.products[item["productOffering"]["id"]] = item["product"]["id"]

    def change(self, code: str, **item: Any) -> None:
        self.order(self.holder.modify(code, **item))

    def begin(self, code: str, **told: object) -> None:
        """Begin a flow that carries no order out, with what it asks for."""
        with self.operation.at(replace(FLOW, rights=_Everything())) as context:
            parties = [{"id": self.holder.customer, "role": "customer"}]
            facts = [{"name": name, "value": value} for name, value in told.items()]
            self.operation.flows.starter.trigger(
                context,
                {
                    "processFlowSpecification": code,
                    "relatedParty": parties,
                    "characteristic": facts,
                },
            )

    def day(self, after: int) -> str:
        return (self.operation.clock().date() + timedelta(days=after)).isoformat()


class _Everything(frozenset[str]):
    """The rights of somebody who may do all."""

    def __contains__(self, right: object) -> bool:
        return True


Story = Callable[[Scene], Iterator[None] | None]


def esim_with_extra(scene: Scene) -> None:
    scene.order(*mobile(extras=("M12",)))


def plastic_sim(scene: Scene) -> None:
    scene.order(*mobile(sim="M10"))


def brought_number(scene: Scene) -> None:
    said = {"portedNumber": "07911123456", "pac": "ABC123456"}
    scene.order(*mobile(), add("port", "X06", line="1", **said))


def brought_number_without_code(scene: Scene) -> None:
    scene.order(*mobile(), add("port", "X06", line="1", portedNumber="07911123456"))


def swapped_sim(scene: Scene) -> Iterator[None]:
    esim_with_extra(scene)
    yield
    checked = {"kind": "esim", "reason": "damaged", "checked": ["birthDate", "pin"]}
    scene.change("M03", sim=checked)


def stolen_sim(scene: Scene) -> Iterator[None]:
    esim_with_extra(scene)
    yield
    checked = {"kind": "plastic", "reason": "stolen", "checked": ["birthDate", "pin"]}
    scene.change("M03", sim=checked)


def home(scene: Scene) -> None:
    scene.order(*at(address(scene.operation, "gpon"), *HOME))


def copper(scene: Scene) -> None:
    place = address(scene.operation, "vdsl", "flat IS NULL AND NOT 'allip' = ANY (networks)")
    scene.order(*at(place, "L01", "D02", "F07", "F14"))


def anything_else(scene: Scene) -> None:
    scene.order(add("X09", "X09"))


def other_plan(scene: Scene) -> Iterator[None]:
    scene.order(*mobile())
    yield
    scene.change("M03", productOffering={"id": "M04"})


def other_number(scene: Scene) -> Iterator[None]:
    esim_with_extra(scene)
    yield
    asked = [{"name": "telephoneNumber", "value": ""}]
    scene.change("M03", product={"productCharacteristic": asked})


def rest_until_a_day(scene: Scene) -> Iterator[None]:
    esim_with_extra(scene)
    yield
    suspension = {"reason": "seasonal", "until": scene.day(20)}
    scene.change("M03", product={"status": "suspended"}, suspension=suspension)


def given_to_another(scene: Scene) -> Iterator[None]:
    esim_with_extra(scene)
    yield
    receiver = scene.operation.customer(givenName="Torvald")
    with scene.operation.at() as context:
        payer = account.of_customer(context, receiver)[0]["id"]
    parties = [
        {"id": scene.holder.customer, "role": "customer", "@referredType": "Customer"},
        {"id": receiver, "role": "newOwner", "@referredType": "Customer"},
    ]
    scene.order(
        scene.holder.modify("M03"),
        category="changeOfOwnership",
        relatedParty=parties,
        billingAccount={"id": payer},
    )


def given_up(scene: Scene) -> Iterator[None]:
    esim_with_extra(scene)
    yield
    scene.order(scene.holder.end("M03"))


def arrears(scene: Scene) -> Iterator[None]:
    esim_with_extra(scene)
    yield
    scene.begin("PF17", dueDate=scene.day(0), amount=40)


def bereavement(scene: Scene) -> Iterator[None]:
    esim_with_extra(scene)
    yield
    scene.begin("PF18", familyName="Marrowby", relation="Daughter")


def data_access(scene: Scene) -> Iterator[None]:
    esim_with_extra(scene)
    yield
    scene.begin("PF19", askedOn=scene.day(0), askedHow="By telephone", wanted="On paper")


def copper_ends(scene: Scene) -> Iterator[None]:
    copper(scene)
    yield
    scene.begin("PF20", withdrawal=scene.day(400), service="Copper broadband")


STORIES: Mapping[str, Story] = {
    story.__name__: story
    for story in (
        esim_with_extra,
        plastic_sim,
        brought_number,
        brought_number_without_code,
        swapped_sim,
        stolen_sim,
        home,
        copper,
        anything_else,
        other_plan,
        other_number,
        rest_until_a_day,
        given_to_another,
        given_up,
        arrears,
        bereavement,
        data_access,
        copper_ends,
    )
}
