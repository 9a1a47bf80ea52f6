#!/usr/bin/env python3
"""Writes the contract as JSON in a C++ source: `embed_contract.py openapi.yaml contract.cpp`."""

import json
import pathlib
import sys

import yaml


class Loader(yaml.SafeLoader):
    """Dates stay text, as in JSON."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

contract = yaml.load(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"), Loader)
text = json.dumps(contract, ensure_ascii=False, separators=(",", ":"))
target = pathlib.Path(sys.argv[2])
target.parent.mkdir(parents=True, exist_ok=True)
target.write_text(
    '#include "contract.hpp"\n\nnamespace kula::api {\n\n'
    f'std::string_view contract_json() {{\n    return R"contract({text})contract";\n}}\n\n}}  // namespace kula::api\n',
    encoding="utf-8")
