#include "indicators/rsit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "json_text.hpp"
#include "shipped_data.hpp"

namespace kula::indicators {
namespace {

using Json = nlohmann::json;

base::Result<void> read_named(Json const& entry, std::string& value, RsitLabel& label) {
    value = text_of(entry, "value");
    if (value.empty()) return base::invalid("RSIT: an entry has no value");
    auto const labels = entry.find("label");
    if (labels != entry.end()) label = {text_of(*labels, "en"), text_of(*labels, "mk"), text_of(*labels, "sq")};
    if (label.en.empty() || label.mk.empty() || label.sq.empty()) {
        return base::invalid(fmt::format("RSIT: {} lacks a label in en, mk or sq", value));
    }
    return {};
}

template <class Entries>
auto const* found(Entries const& entries, std::string_view value) {
    auto const at =
        std::find_if(entries.begin(), entries.end(), [&](auto const& entry) { return entry.value == value; });
    return at == entries.end() ? nullptr : &*at;
}

base::Result<RsitClass> read_class(Json const& entry) {
    RsitClass out;
    if (auto const read = read_named(entry, out.value, out.label); read.has_error()) return read.error();
    auto const types = entry.find("types");
    if (types == entry.end() || !types->is_array() || types->empty()) {
        return base::invalid(fmt::format("RSIT: the class {} has no types", out.value));
    }
    for (auto const& type_entry : *types) {
        RsitType type;
        if (auto const read = read_named(type_entry, type.value, type.label); read.has_error()) return read.error();
        if (found(out.types, type.value) != nullptr) {
            return base::invalid(fmt::format("RSIT: the type {} is there twice", type.value));
        }
        out.types.push_back(std::move(type));
    }
    return out;
}

}  // namespace

base::Result<Rsit> Rsit::parse(std::string_view json) {
    auto const document = Json::parse(json, nullptr, false);
    if (!document.is_object()) return base::invalid("RSIT: is no JSON object");
    auto const classes = document.find("classes");
    if (classes == document.end() || !classes->is_array()) return base::invalid("RSIT: has no classes");
    Rsit out;
    for (auto const& entry : *classes) {
        auto read = read_class(entry);
        if (read.has_error()) return read.error();
        if (out.find(read->value) != nullptr) {
            return base::invalid(fmt::format("RSIT: the class {} is there twice", read->value));
        }
        out.classes_.push_back(std::move(*read));
    }
    return out;
}

Rsit const& Rsit::shipped() {
    static Rsit const rsit = parse(shipped_data("rsit.json")).value();
    return rsit;
}

RsitClass const* Rsit::find(std::string_view rsit_class) const { return found(classes_, rsit_class); }

base::Result<void> Rsit::check(std::string_view rsit_class, std::string_view rsit_type) const {
    if (rsit_class.empty()) return base::invalid("class: an RSIT class is mandatory");
    auto const* const of = find(rsit_class);
    if (of == nullptr) return base::invalid("class: is no RSIT class");
    if (!rsit_type.empty() && found(of->types, rsit_type) == nullptr) {
        return base::invalid(fmt::format("type: is no RSIT type of the class `{}`", of->value));
    }
    return {};
}

}  // namespace kula::indicators
