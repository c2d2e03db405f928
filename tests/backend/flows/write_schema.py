"""Writes the JSON schema of flow definitions beside them, after a wanted change."""

from __future__ import annotations

import json
from pathlib import Path

from backend.flows import definitions
from backend.flows.format import json_schema

if __name__ == "__main__":
    path = Path(definitions.__file__).parent / "flow.schema.json"
    path.write_text(json.dumps(json_schema(), indent=2) + "\n", encoding="utf-8")
