#!/usr/bin/env python3
"""Writes the contract as JSON and as a page, and what each operation asks and offers, in a C++ source:
`embed_contract.py openapi.yaml roles.json contract.cpp`. Fails on an operation that names no permission, or none that
roles.json knows, and on a deprecated one that does not say since when."""

import json
import pathlib
import sys
from typing import Any

import contract_page
from contract_file import METHODS, load, members_of, resolved

OF_NO_ROLE = {"public", "signing_in", "signed_in"}


def literal(text: str) -> str:
    """A C++ text. A compiler need not take a literal of more than 64 KiB."""
    return "".join(f'\n        R"contract({text[at:at + 16000]})contract"' for at in range(0, len(text), 16000)) or '""'


def parameters_of(contract: Any, operation: Any) -> set[tuple[str, str]]:
    found = [resolved(contract, part) for part in operation.get("parameters", [])]
    return {(parameter["in"], parameter["name"]) for parameter in found}


def fields_of(contract: Any, operation: Any) -> tuple[str, list[str]]:
    """What `fields` may choose from: members of the answer's items where it is a list, else of the answer."""
    answer = resolved(contract, operation["responses"]["200"])["content"]["application/json"]["schema"]
    members = members_of(contract, answer)
    if "items" in members:
        return "items", list(members_of(contract, resolved(contract, members["items"])["items"]))
    return "answer", list(members)


def rule(contract: Any, known: set[str], method: str, path: str, operation: Any) -> str:
    """One initializer of `OperationRule`."""
    where = f"{method.upper()} {path}"
    if operation.get("x-permission") not in known:
        sys.exit(f"{where}: x-permission is {operation.get('x-permission')}, which the roles do not know")
    taken = parameters_of(contract, operation)
    of, fields = fields_of(contract, operation) if ("query", "fields") in taken else ("answer", [])
    try:
        deprecation, sunset = contract_page.ending(operation)
    except ValueError as fault:
        sys.exit(f"{where}: {fault}")
    truth = {True: "true", False: "false"}
    takes_basic = any("basic" in way for way in operation.get("security", []))
    exports = "text/csv" in resolved(contract, operation["responses"].get("200", {})).get("content", {}) and of == "items"
    return (f'    {{"{method.upper()}", "{path}", "{operation["x-permission"]}", "{operation["operationId"]}", '
            f'"{" ".join(fields)}", FieldsOf::{of}, {truth[operation.get("x-confirmed", False)]}, {truth[exports]}, {truth[("header", "Idempotency-Key") in taken]}, '
            f'{truth[operation.get("x-tells-secret", False)]}, "{deprecation}", "{sunset}", {truth[takes_basic]}}},\n')


def main() -> None:
    contract = load(pathlib.Path(sys.argv[1]))
    roles = json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
    known = OF_NO_ROLE | roles["permissions"].keys()
    rules = [rule(contract, known, method, path, operation)
             for path, item in contract["paths"].items() for method, operation in item.items() if method in METHODS]
    text = json.dumps(contract, ensure_ascii=False, separators=(",", ":"))
    target = pathlib.Path(sys.argv[3])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        '#include <array>\n\n#include "contract.hpp"\n\nnamespace kula::api {\n\n'
        f"std::string_view contract_json() {{\n    return {literal(text)};\n}}\n\n"
        f"std::string_view contract_page() {{\n    return {literal(contract_page.page(contract, roles))};\n}}\n\n"
        f'std::string_view contract_page_style() {{ return "{contract_page.style_digest()}"; }}\n\n'
        f"std::span<OperationRule const> operation_rules() {{\n    static constexpr std::array<OperationRule, {len(rules)}> rules{{{{\n"
        + "".join(rules) + "    }};\n    return rules;\n}\n\n}  // namespace kula::api\n",
        encoding="utf-8")


main()
