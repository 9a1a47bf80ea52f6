#include <algorithm>
#include <string>

#include "formats/yaml.hpp"
#include "json_value.hpp"
#include "row_readers.hpp"
#include "texts.hpp"

namespace kula::intake {
namespace {

using formats::InputEnd;
using formats::YamlValue;

Json json_of(YamlValue const& value) {
    switch (value.kind) {
        case YamlValue::Kind::nothing: return {};
        case YamlValue::Kind::text: return as_utf8(value.text);
        case YamlValue::Kind::list: {
            Json out = Json::array();
            for (auto const& each : value.elements) out.push_back(json_of(each));
            return out;
        }
        case YamlValue::Kind::object: break;
    }
    Json out = Json::object();
    for (auto const& [name, each] : value.members) out[as_utf8(name)] = json_of(each);
    return out;
}

/// A text is held whole: it is short. One that begins as JSON does is JSON.
class YamlRows : public RowReader {
public:
    explicit YamlRows(Reading const& reading) : json_(json_rows(reading)) {}

    std::size_t consume(std::span<std::byte const> bytes, InputEnd end, RowSink& sink) override {
        if (is_given_up_) return bytes.size();
        if (is_json_) return json_->consume(bytes, end, sink);
        auto text = as_text(bytes);
        bool const is_last = end != InputEnd::not_yet;
        if (!step_over_mark(text, !is_last)) return 0;
        auto const begin = text.find_first_not_of(" \t\r\n");
        if (begin == std::string_view::npos) return is_last ? bytes.size() : 0;
        if (text[begin] == '{' || text[begin] == '[') {
            is_json_ = true;
            return json_->consume(bytes, end, sink);
        }
        if (text.size() > formats::longest_yaml) return give_up(text, bytes.size(), sink);
        if (!is_last) return 0;
        read(text, sink);
        return bytes.size();
    }

private:
    static void read(std::string_view text, RowSink& sink) {
        auto const documents = formats::parse_yaml(text);
        if (!documents) return sink.broken(1, text, "is no YAML: " + documents.error().detail);
        for (auto const& document : *documents) take_object(json_of(document), text, 1, sink);
    }
    std::size_t give_up(std::string_view text, std::size_t all, RowSink& sink) {
        is_given_up_ = true;
        sink.broken(1, text.substr(0, 200), "the text is longer than 1 MiB");
        sink.refuse("a text in YAML is longer than 1 MiB");
        return all;
    }

    std::unique_ptr<RowReader> const json_;
    bool is_json_ = false;
    bool is_given_up_ = false;
};

}  // namespace

std::unique_ptr<RowReader> yaml_rows(Reading const& reading) { return std::make_unique<YamlRows>(reading); }

}  // namespace kula::intake
