"""Holds an exported OParl interface against the official schema.

Call: `python -m benchmarks.oparl_schema FOLDER SCHEMAS`.
SCHEMAS is the folder `schema` of the specification's repository (OParl 1.1); it is not part of this one.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

SHOWN = 20


def main(folder: Path, schemas: Path) -> int:
    """Check every object of every file; 1 when any is wrong."""
    from jsonschema import Draft7Validator
    from referencing import Registry
    from referencing.jsonschema import DRAFT7

    known = {path.stem: _standard(json.loads(path.read_bytes())) for path in schemas.glob("*.json")}
    resources = [(f"{name}.json", DRAFT7.create_resource(schema)) for name, schema in known.items()]
    registry: Registry[Any] = Registry().with_resources(resources)
    checks = {name: Draft7Validator(schema, registry=registry) for name, schema in known.items()}
    counted: Counter[str] = Counter()
    wrong = []
    for path in sorted(folder.rglob("*.json")):
        value = json.loads(path.read_bytes())
        for one in value.get("data", [value]):
            type_ = one["type"].rpartition("/")[2]
            counted[type_] += 1
            wrong += [
                f"{path.name} {error.json_path}: {error.message}" for error in checks[type_].iter_errors(one)
            ]
    for mistake in wrong[:SHOWN]:
        print(mistake[:300])
    told = ", ".join(f"{count} {type_}" for type_, count in counted.items())
    print(f"{told}: {len(wrong)} mistakes against {len(known)} schemas")
    return 1 if wrong else 0


def _standard(schema: Any) -> Any:
    """The schema with its own word for a reference (`schema`) as the one that validators know."""
    if isinstance(schema, list):
        return [_standard(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    named = schema.get("schema")
    if isinstance(named, str) and named.endswith(".json") and schema.get("type") == "object":
        return {"$ref": named}
    apart = ("$id", "items") if schema.get("references") == "externalList" else ("$id",)
    return {key: _standard(value) for key, value in schema.items() if key not in apart}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
