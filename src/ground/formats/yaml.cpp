#include "formats/yaml.hpp"

#include <fmt/format.h>
#include <yaml.h>

#include <algorithm>
#include <array>
#include <optional>

namespace kula::formats {
namespace {

using Kind = YamlValue::Kind;

class Parser {
public:
    explicit Parser(std::string_view text) {
        yaml_parser_initialize(&parser_);
        yaml_parser_set_input_string(&parser_, reinterpret_cast<unsigned char const*>(text.data()), text.size());
    }
    ~Parser() {
        yaml_event_delete(&event_);
        yaml_parser_delete(&parser_);
    }
    Parser(Parser const&) = delete;
    Parser& operator=(Parser const&) = delete;

    /// False where the text is none any more.
    [[nodiscard]] bool next() {
        yaml_event_delete(&event_);
        return yaml_parser_parse(&parser_, &event_) == 1;
    }
    [[nodiscard]] yaml_event_t const& event() const { return event_; }
    [[nodiscard]] base::Error fault() const {
        auto const* const problem = parser_.problem != nullptr ? parser_.problem : "it cannot be read";
        return base::invalid(fmt::format("line {}: {}", parser_.problem_mark.line + 1, problem));
    }
    [[nodiscard]] base::Error fault(std::string_view what) const {
        return base::invalid(fmt::format("line {}: {}", event_.start_mark.line + 1, what));
    }

private:
    yaml_parser_t parser_{};
    yaml_event_t event_{};
};

std::string_view written(yaml_event_t const& event) {
    return {reinterpret_cast<char const*>(event.data.scalar.value), event.data.scalar.length};
}

YamlValue scalar(yaml_event_t const& event) {
    constexpr std::array<std::string_view, 5> nothing{"", "~", "null", "Null", "NULL"};
    auto const text = written(event);
    bool const is_plain = event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (is_plain && std::find(nothing.begin(), nothing.end(), text) != nothing.end()) return {};
    return {Kind::text, std::string(text)};
}

/// Lists and objects that are not at their end, the innermost last. One of another that grows is never moved: only the
/// innermost one does.
class Tree {
public:
    /// What is wrong with it, or nothing.
    std::optional<std::string_view> take(yaml_event_t const& event) {
        switch (event.type) {
            case YAML_ALIAS_EVENT: return "it has an alias, which is not followed";
            case YAML_SCALAR_EVENT:
                if (expects_name()) return take_name(written(event));
                return put(scalar(event)) != nullptr ? std::nullopt : too_much();
            case YAML_SEQUENCE_START_EVENT: return open({Kind::list});
            case YAML_MAPPING_START_EVENT: return open({Kind::object});
            case YAML_SEQUENCE_END_EVENT:
            case YAML_MAPPING_END_EVENT: open_.pop_back(); return std::nullopt;
            default: return std::nullopt;
        }
    }
    std::vector<YamlValue> finish() { return std::move(documents_); }

private:
    static std::optional<std::string_view> too_much() { return "it holds too many values"; }
    [[nodiscard]] bool expects_name() const {
        return !open_.empty() && open_.back()->kind == Kind::object && !has_name_;
    }
    std::optional<std::string_view> take_name(std::string_view name) {
        auto& members = open_.back()->members;
        bool const is_known =
            std::any_of(members.begin(), members.end(), [&](auto const& each) { return each.first == name; });
        if (is_known) return "a name is told twice";
        if (members.size() == most_members) return too_much();
        members.emplace_back(name, YamlValue());
        has_name_ = true;
        return std::nullopt;
    }
    YamlValue* put(YamlValue value) {
        if (++count_ > most_yaml_values) return nullptr;
        if (open_.empty()) return &documents_.emplace_back(std::move(value));
        if (open_.back()->kind == Kind::list) return &open_.back()->elements.emplace_back(std::move(value));
        has_name_ = false;
        return &(open_.back()->members.back().second = std::move(value));
    }
    std::optional<std::string_view> open(YamlValue value) {
        if (expects_name()) return "a name is no text";
        if (open_.size() == deepest_yaml) return "it is nested deeper than 64 levels";
        auto* const put_there = put(std::move(value));
        if (put_there == nullptr) return too_much();
        open_.push_back(put_there);
        return std::nullopt;
    }

    static constexpr std::size_t most_members = 2000;  ///< Of an object: finding a name looks at all.

    std::vector<YamlValue> documents_{};
    std::vector<YamlValue*> open_{};
    bool has_name_ = false;  ///< The innermost object has told a name whose value comes.
    std::size_t count_ = 0;
};

}  // namespace

base::Result<std::vector<YamlValue>> parse_yaml(std::string_view text) {
    if (text.size() > longest_yaml) return base::invalid("it is longer than 1 MiB");
    Parser parser(text);
    Tree tree;
    for (;;) {
        if (!parser.next()) return parser.fault();
        if (parser.event().type == YAML_STREAM_END_EVENT) return tree.finish();
        if (auto const wrong = tree.take(parser.event())) return parser.fault(*wrong);
    }
}

}  // namespace kula::formats
