#include "intake/mapping.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>

#include "indicators/rsit.hpp"
#include "mapping_rules.hpp"
#include "row.hpp"
#include "storage/digest.hpp"

namespace kula::intake {
namespace {

using base::invalid;
using events::Event;

bool hold(Conditions const& conditions, Row const& row) {
    return std::all_of(conditions.begin(), conditions.end(), [&](Condition const& condition) {
        auto const cell = row.cell(condition.column);
        if (condition.pattern) return cell && condition.pattern(*cell);
        if (!cell) return std::find(condition.values.begin(), condition.values.end(), Json()) != condition.values.end();
        return std::find(condition.values.begin(), condition.values.end(), *cell) != condition.values.end();
    });
}

constexpr std::size_t longest_extra_name = 90;
/// One row tells of no more, nor of more bytes than a batch has.
constexpr std::size_t most_parts = 1000;
constexpr std::size_t most_part_bytes = 16 << 20;

bool says_nothing(Json const& value) {
    return value.is_null() || (value.is_string() && value.get_ref<std::string const&>().empty());
}

std::map<std::string, std::string, std::less<>> const& classes_of_types() {
    static auto const classes = [] {
        std::map<std::string, std::string, std::less<>> out;
        for (auto const& each : indicators::Rsit::shipped().classes()) {
            for (auto const& type : each.types) out.emplace(type.value, each.value);
        }
        return out;
    }();
    return classes;
}

/// Makes one event of one row.
class Telling {
public:
    Telling(MappingRules const& mapping, Row const& row) : mapping_(mapping), row_(row) {}

    base::Result<Event> event() {
        std::vector<Rules const*> active;
        for (auto const& choice : mapping_.choices) {
            auto const found =
                std::find_if(choice.begin(), choice.end(), [&](Case const& each) { return hold(each.when, row_); });
            if (found != choice.end()) active.push_back(&found->rules);
        }
        active.push_back(&mapping_.rules);
        row_.each_name([&](std::string const& column) { take_column(column, active); },
                       [&](std::string_view column) { return is_spoken_of(column, active); });
        if (fault_) return invalid(*fault_);
        for (auto const& columns : mapping_.needed) {
            bool const is_one =
                std::any_of(columns.begin(), columns.end(), [&](auto const& column) { return is_told(column); });
            if (!is_one) return invalid(fmt::format("{}: is missing or cannot be read", fmt::join(columns, " or ")));
        }
        for (auto const& [field, why] : unread_) {
            if (!can_do_without(field)) return invalid(why);
        }
        if (event_.fields().empty()) return invalid("the row tells nothing");
        for (auto const* rules : active) {
            for (auto const& [field, value] : rules->set) must_add(field, value);
        }
        return classified();
    }

private:
    static bool is_spoken_of(std::string_view column, std::vector<Rules const*> const& active) {
        return std::any_of(active.begin(), active.end(),
                           [&](auto const* rules) { return rules->columns.find(column) != rules->columns.end(); });
    }
    void take_column(std::string const& column, std::vector<Rules const*> const& active) {
        auto const cell = row_.cell(column);
        if (!cell || says_nothing(*cell)) return;
        for (auto const* rules : active) {
            auto const found = rules->columns.find(column);
            if (found == rules->columns.end()) continue;
            for (auto const& target : found->second) take_cell(column, target, *cell);
            return;
        }
        if (mapping_.rest == Rest::drop) return;
        bool const is_field = mapping_.rest == Rest::fields && events::EventFields::shipped().find(column) != nullptr;
        if (is_field) {
            auto const added = event_.add(column, *cell);
            if (added) return;
            unread_.emplace_back(column, added.error().detail);
        }
        keep(column, *cell);
    }
    [[nodiscard]] bool is_named(std::string const& end, std::initializer_list<char const*> by) const {
        return std::any_of(by.begin(), by.end(), [&](auto const* name) { return event_.find(end + name) != nullptr; });
    }
    /// Whether the row still says when it was, of what type, and of whom, where this field cannot be read.
    [[nodiscard]] bool can_do_without(std::string_view field) const {
        static constexpr char const* ends[] = {"source", "destination"};
        if (field == "time.source" || field == "classification.type") return false;
        if (field == "source.ip" || field == "source.fqdn" || field == "source.url")
            return is_named("source", {".ip", ".fqdn", ".url"});
        return std::any_of(std::begin(ends), std::end(ends),
                           [&](auto const* end) {
                               return is_named(end, {".ip", ".fqdn", ".url", ".network", ".account", ".asn"});
                           }) ||
               is_named("malware.hash", {".md5", ".sha1", ".sha256"});
    }
    void take_cell(std::string const& column, Target const& target, Json value) {
        for (auto const& convert : target.conversions) {
            auto converted = convert(value, row_);
            if (!converted) return;
            value = std::move(*converted);
        }
        if (says_nothing(value)) return;
        if (event_.add(target.field, value)) {
            told_.push_back(column);
        } else if (!is_needed(column)) {
            keep(column, value);
        }
    }
    /// What does not fit where it belongs is not lost.
    void keep(std::string const& column, Json const& value) {
        if (value.is_structured() && value.empty()) return;
        auto name = column;
        for (auto& c : name) {
            bool const fits = events::EventFields::shipped().find("extra." + std::string(1, c)) != nullptr;
            if (!fits) c = '_';
        }
        name.resize(std::min(name.size(), longest_extra_name));
        if (name.empty()) name = "_";
        auto field = "extra." + name;
        for (int number = 2; event_.find(field) != nullptr; ++number) field = fmt::format("extra.{}_{}", name, number);
        must_add(field, value);
    }
    void must_add(std::string const& field, Json const& value) {
        if (auto const added = event_.add(field, value); !added && !fault_) fault_ = added.error().detail;
    }
    [[nodiscard]] bool is_needed(std::string const& column) const {
        return std::any_of(mapping_.needed.begin(), mapping_.needed.end(), [&](auto const& columns) {
            return std::find(columns.begin(), columns.end(), column) != columns.end();
        });
    }
    [[nodiscard]] bool is_told(std::string const& column) const {
        return std::find(told_.begin(), told_.end(), column) != told_.end();
    }

    /// With RSIT's class and type, whatever the source calls it.
    base::Result<Event> classified() {
        constexpr std::array<std::string_view, 6> beyond{"blacklist", "dga-domain", "malware",
                                                         "proxy",     "tor",        "unknown"};
        auto const type = event_.text("classification.type").value_or("undetermined");
        if (std::find(beyond.begin(), beyond.end(), type) != beyond.end()) {
            must_set("classification.subtype", type);
            must_set("classification.type", type == "unknown" ? "undetermined" : "other");
            must_set("classification.taxonomy", "other");
        } else {
            auto const found = classes_of_types().find(type);
            if (found == classes_of_types().end()) return invalid("classification.type: is no type of RSIT");
            must_set("classification.type", type);
            must_set("classification.taxonomy", found->second);
        }
        if (fault_) return invalid(*fault_);
        return std::move(event_);
    }
    void must_set(std::string const& field, Json const& value) {
        if (auto const done = event_.set(field, value); !done && !fault_) fault_ = done.error().detail;
    }

    MappingRules const& mapping_;
    Row const& row_;
    Event event_{};
    std::vector<std::string> told_{};
    std::vector<std::pair<std::string, std::string>> unread_{};  ///< Fields that came by their names, and why.
    std::optional<std::string> fault_{};
};

/// The row with what its cells hold beside it: once, or for each of several things that one of them holds.
template <class Visitor>
void each_part(MappingRules const& mapping, Row const& row, Visitor const& visit) {
    if (mapping.apart.empty() && mapping.per.empty()) return visit(row);
    auto cells = row.beside != nullptr ? *row.beside : Cells();
    for (auto const& apart : mapping.apart) take_apart(apart, row, cells);
    auto part = row;
    part.beside = &cells;
    for (auto const& several : mapping.per) {
        auto const elements = elements_of(several, part);
        if (elements.empty()) continue;
        auto const is_it = [&](auto const& each) { return each.first == several.column; };
        auto found = std::find_if(cells.begin(), cells.end(), is_it);
        if (found == cells.end()) found = cells.emplace(cells.end(), several.column, Json());
        for (auto const& element : elements) {
            found->second = element;
            visit(part);
        }
        return;
    }
    visit(part);
}

/// Deeper ones mean nothing here, and what writes them calls itself for every level.
constexpr int deepest_mapping = 16;

base::Result<Json> parse_json(std::string_view text) {
    bool is_too_deep = false;
    try {
        auto json = Json::parse(text, [&is_too_deep](int depth, Json::parse_event_t, Json&) {
            is_too_deep = is_too_deep || depth > deepest_mapping;
            return !is_too_deep;
        });
        if (is_too_deep) return invalid("is nested too deeply");
        return json;
    } catch (Json::parse_error const& error) {
        auto const before = text.substr(0, std::max<std::size_t>(error.byte, 1) - 1);
        auto const line = 1 + std::count(before.begin(), before.end(), '\n');
        auto const column = before.size() - (before.rfind('\n') + 1) + 1;
        return invalid(fmt::format("is no JSON: line {}, column {}", line, column));
    }
}

}  // namespace

std::string fingerprint_of(std::string_view text) {
    return fmt::format("{:02x}", fmt::join(storage::sha256(text), ""));
}

base::Result<Mapping> Mapping::parse(std::string_view json) {
    auto const told = parse_json(json);
    if (!told) return told.error();
    auto rules = parse_rules(*told);
    if (!rules) return rules.error();
    rules->text = told->dump();
    rules->fingerprint = fingerprint_of(rules->text);
    return Mapping(std::make_shared<MappingRules const>(std::move(*rules)));
}

std::string const& Mapping::name() const { return rules_->name; }
std::string const& Mapping::title() const { return rules_->title; }
std::string const& Mapping::fingerprint() const { return rules_->fingerprint; }
std::vector<std::string> const& Mapping::intelmq_names() const { return rules_->intelmq; }
Reading const& Mapping::reading() const { return rules_->reading; }
std::optional<events::Folding> const& Mapping::folding() const { return rules_->folding; }
std::optional<ListRules> const& Mapping::list() const { return rules_->list; }
std::optional<VulnerabilityList> Mapping::vulnerabilities() const { return rules_->vulnerabilities; }

std::string const& Mapping::text() const { return rules_->text; }

std::vector<std::vector<std::string>> const& Mapping::needed() const { return rules_->needed; }

base::Result<std::vector<Event>> Mapping::events_of(Row const& row) const {
    if (rules_->schema && row.object() != nullptr) {
        if (auto const wrong = rules_->schema->fault_of(*row.object())) return invalid(*wrong);
    }
    std::vector<Event> out;
    std::optional<base::Error> fault;
    each_part(*rules_, row, [&](Row const& part) {
        bool const is_much = out.size() == most_parts || out.size() * row.raw.size() > most_part_bytes;
        if (is_much && !fault) fault = invalid("the row tells of too many events");
        if (fault) return;
        auto event = Telling(*rules_, part).event();
        if (event) {
            out.push_back(std::move(*event));
        } else {
            fault = event.error();
        }
    });
    if (fault) return *fault;
    return out;
}

bool Mapping::skips(Row const& row) const {
    return std::any_of(rules_->skips.begin(), rules_->skips.end(),
                       [&](Conditions const& conditions) { return hold(conditions, row); });
}

std::vector<std::string> Mapping::unknown_columns(Row const& row) const {
    std::vector<std::string> out;
    if (rules_->rest != Rest::keep || rules_->rules.columns.empty()) return out;
    auto const speaks = [](Rules const& rules, std::string_view column) {
        return rules.columns.find(column) != rules.columns.end();
    };
    auto const is_known = [&](std::string_view column) {
        return speaks(rules_->rules, column) ||
               std::any_of(rules_->choices.begin(), rules_->choices.end(), [&](auto const& choice) {
                   return std::any_of(choice.begin(), choice.end(),
                                      [&](Case const& each) { return speaks(each.rules, column); });
               });
    };
    auto const note = [&](std::string const& column) {
        if (!is_known(column)) out.push_back(column);
    };
    row.each_name(note, is_known);
    return out;
}

}  // namespace kula::intake
