"""A characteristic as TMF620 writes it."""

from __future__ import annotations

from typing import Any

from backend.catalog.characteristics import (
    BOOLEAN,
    DATE,
    DECIMAL,
    INTEGER,
    SEVERAL,
    Characteristic,
)

_TYPES = {BOOLEAN: "boolean", INTEGER: "integer", DECIMAL: "number", DATE: "date"}


def settable(characteristic: Characteristic) -> dict[str, Any]:
    """One that can be set for each unit; how often is bounded only where several may be."""
    value_type = _TYPES.get(characteristic.type, "string")
    several = characteristic.type == SEVERAL
    least = characteristic.cardinality.min if several else 0
    most = characteristic.cardinality.max if several else 1
    if several and most is None:
        most = len(characteristic.values)
    depends = [
        {"name": name, "relationshipType": "dependency"} for name in sorted(characteristic.reads)
    ]
    return {
        "name": characteristic.name,
        "description": characteristic.label,
        "configurable": True,
        "valueType": value_type,
        "minCardinality": max(int(characteristic.required), least),
        "maxCardinality": most,
        **({"regex": characteristic.pattern} if characteristic.pattern else {}),
        **({"productSpecCharRelationship": depends} if depends else {}),
        "productSpecCharacteristicValue": _values(characteristic, value_type),
    }


def _values(characteristic: Characteristic, value_type: str) -> list[dict[str, Any]]:
    """Those that may be chosen, or the default and the range of a free one."""
    chosen = (characteristic.default or "").split(",")
    unit = {"unitOfMeasure": characteristic.unit} if characteristic.unit else {}
    if characteristic.values:
        return [
            {"value": each.value, "valueType": value_type, "isDefault": each.value in chosen}
            for each in characteristic.values
        ]
    found = []
    # days are counted from the day of the order, which a catalogue cannot say
    bounded = characteristic.type in {INTEGER, DECIMAL}
    if bounded and (characteristic.minimum is not None or characteristic.maximum is not None):
        found.append({"valueType": value_type, "rangeInterval": "closed", **_range(characteristic)})
    if characteristic.default is not None:
        value = characteristic.default
        found.append({"value": value, "valueType": value_type, "isDefault": True})
    return [{**each, **unit} for each in found]


def _range(characteristic: Characteristic) -> dict[str, int]:
    """TMF620 declares both ends as whole numbers; halves are left out."""
    ends = {"valueFrom": characteristic.minimum, "valueTo": characteristic.maximum}
    return {
        name: int(end) for name, end in ends.items() if end is not None and end == end.to_integral()
    }
