"""Reads api/openapi.yaml."""

import pathlib
from typing import Any

import yaml

METHODS = ("get", "post", "put", "patch", "delete")


class Loader(yaml.SafeLoader):
    """Dates stay text, as in JSON."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(path: pathlib.Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506, a safe loader


def resolved(contract: Any, part: Any) -> Any:
    """What a `$ref` means; the part itself where it is none."""
    while "$ref" in part:
        found: Any = contract
        for step in part["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        part = found
    return part


def members_of(contract: Any, schema: Any) -> dict[str, Any]:
    """All members that a schema names, through `$ref` and `allOf`, in its order."""
    schema = resolved(contract, schema)
    found = dict(schema.get("properties", {}))
    for part in schema.get("allOf", []):
        found |= members_of(contract, part)
    return found


def required_of(contract: Any, schema: Any) -> set[str]:
    schema = resolved(contract, schema)
    return set(schema.get("required", [])).union(*(required_of(contract, part) for part in schema.get("allOf", [])))
