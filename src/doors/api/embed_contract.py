#!/usr/bin/env python3
"""Writes the contract as JSON, and what each operation asks of its caller, in a C++ source:
`embed_contract.py openapi.yaml roles.json contract.cpp`. Fails on an operation that names no permission, or none that
roles.json knows."""

import json
import pathlib
import sys

import yaml

METHODS = {"get", "post", "put", "patch", "delete"}
OF_NO_ROLE = {"public", "signing_in", "signed_in"}


class Loader(yaml.SafeLoader):
    """Dates stay text, as in JSON."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

contract = yaml.load(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"), Loader)
known = OF_NO_ROLE | json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))["permissions"].keys()
rules = []
for path, item in contract["paths"].items():
    for method, operation in item.items():
        if method not in METHODS:
            continue
        permission = operation.get("x-permission")
        if permission not in known:
            sys.exit(f"{sys.argv[1]}: {method.upper()} {path}: x-permission is {permission}, which {sys.argv[2]} does not know")
        confirmed = "true" if operation.get("x-confirmed") else "false"
        rules.append(f'    {{"{method.upper()}", "{path}", "{permission}", {confirmed}}},\n')

text = json.dumps(contract, ensure_ascii=False, separators=(",", ":"))
# A compiler need not take a literal of more than 64 KiB.
parts = "".join(f'\n        R"contract({text[at:at + 16000]})contract"' for at in range(0, len(text), 16000))
target = pathlib.Path(sys.argv[3])
target.parent.mkdir(parents=True, exist_ok=True)
target.write_text(
    '#include <array>\n\n#include "contract.hpp"\n\nnamespace kula::api {\n\n'
    f"std::string_view contract_json() {{\n    return {parts};\n}}\n\n"
    f"std::span<OperationRule const> operation_rules() {{\n    static constexpr std::array<OperationRule, {len(rules)}> rules{{{{\n"
    + "".join(rules) + "    }};\n    return rules;\n}\n\n}  // namespace kula::api\n",
    encoding="utf-8")
