#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "content_format.hpp"
#include "evidence.hpp"
#include "json_value.hpp"
#include "row_readers.hpp"
#include "texts.hpp"

namespace kula::intake {
namespace {

using formats::InputEnd;
using Bytes = std::span<std::byte const>;

/// What stands in front of its attributes may hold for them and come behind them: an event is held whole.
constexpr std::size_t longest_event = 64 << 20;
/// A member of an event that is longer is none that its attributes need.
constexpr std::size_t longest_member = 128 * 1024;
/// Of all that an event or an object says of itself, and of an object's relations: each attribute is told with it.
constexpr std::size_t longest_self = 256 * 1024;
constexpr std::size_t most_tags = 100;
constexpr std::string_view blanks = " \t\r\n";

/// Goes on where it stopped: the end of the object or list that a text begins with.
class EndAhead {
public:
    /// Its length; nothing while its end has not come.
    std::optional<std::size_t> find(std::string_view text) {
        for (; at_ < text.size(); ++at_) {
            char const c = text[at_];
            if (is_escaped_) {
                is_escaped_ = false;
            } else if (is_text_) {
                is_escaped_ = c == '\\';
                is_text_ = c != '"';
            } else if (c == '"') {
                is_text_ = true;
            } else if (c == '{' || c == '[') {
                ++depth_;
            } else if ((c == '}' || c == ']') && --depth_ == 0) {
                return at_ + 1;
            }
        }
        return std::nullopt;
    }

private:
    std::size_t at_ = 0;
    std::size_t depth_ = 0;
    bool is_text_ = false;
    bool is_escaped_ = false;
};

std::string_view without_blanks(std::string_view text) {
    auto const begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// The values of a list's or an object's text, one behind the other, with their names. False where it is none.
template <class Visitor>
bool each_value(std::string_view text, Visitor const& visit) {
    text = without_blanks(text);
    if (text.size() < 2 || (text.front() != '{' && text.front() != '[')) return false;
    bool const has_names = text.front() == '{';
    for (text = text.substr(1, text.size() - 2);;) {
        auto const begin = text.find_first_not_of(" \t\r\n,");
        if (begin == std::string_view::npos) return true;
        text.remove_prefix(begin);
        std::string_view name;
        if (has_names) {
            std::size_t end = 1;
            while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2U : 1U;
            auto const colon = text.find_first_not_of(blanks, std::min(end + 1, text.size()));
            if (text.front() != '"' || colon == std::string_view::npos || text[colon] != ':') return false;
            name = text.substr(1, end - 1);
            auto const value = text.find_first_not_of(blanks, colon + 1);
            if (value == std::string_view::npos) return false;
            text.remove_prefix(value);
        }
        auto const end = end_of_value(text);
        auto const length = end ? end->length : text.size();
        visit(name, text.substr(0, length));
        text.remove_prefix(length);
    }
}

std::optional<Json> parsed(std::string_view text) {
    auto const end = end_of_value(text);
    if (end && end->depth > deepest_value) return std::nullopt;
    auto value = Json::parse(as_utf8(text), nullptr, false);
    return value.is_discarded() ? std::nullopt : std::optional(std::move(value));
}

/// Names of tags; of what holds the list `Tag`, which it has no more then.
void take_tags(Json& holder, Json& tags) {
    auto const found = holder.find("Tag");
    if (found == holder.end()) return;
    for (auto const& tag : *found) {
        if (tags.size() >= most_tags) break;
        auto const name = tag.is_object() ? tag.find("name") : tag.end();
        if (name != tag.end() && name->is_string()) tags.push_back(*name);
    }
    holder.erase("Tag");
}

/// What an event, or an object in it, says of itself, and the texts of what it holds.
struct Held {
    Json self = Json::object();
    std::string_view attributes{};
    std::string_view objects{};
    bool is_sound = true;
};

Held held_by(std::string_view text) {
    constexpr std::array<std::string_view, 9> beside{"ShadowAttribute", "RelatedEvent", "Galaxy",
                                                     "EventReport",     "Sighting",     "SharingGroup",
                                                     "EventTag",        "Reference",    "Feed"};
    Held out;
    std::size_t taken = 0;
    out.is_sound = each_value(text, [&](std::string_view name, std::string_view value) {
        if (name == "Attribute") {
            out.attributes = value;
        } else if (name == "Object") {
            out.objects = value;
        } else if (value.size() <= longest_member && taken + name.size() + value.size() <= longest_self &&
                   std::find(beside.begin(), beside.end(), name) == beside.end()) {
            taken += name.size() + value.size();
            if (auto told = parsed(value)) out.self[as_utf8(name)] = std::move(*told);
        }
    });
    return out;
}

/// Tells one event's attributes.
class EventReader {
public:
    EventReader(std::string_view text, std::uint64_t line, RowSink& sink) : counted_(text), line_(line), sink_(sink) {}

    /// Whether it is anything of MISP's.
    bool read(std::string_view text) {
        auto event = held_by(text);
        if (!event.is_sound) {
            sink_.broken(line_, text, "is no JSON");
            return false;
        }
        bool const is_one = event.self.contains("info") || event.self.contains("uuid");
        if (event.attributes.empty() && event.objects.empty() && !is_one) return read_others(text, event.self);
        if (event.attributes.empty() && event.objects.empty()) sink_.remark("an event in it has no attributes");
        Json tags = Json::array();
        take_tags(event.self, tags);
        note_payload_type(event);
        // What is told first counts.
        Json row{{"attribute", Json::object()}, {"event", std::move(event.self)}, {"tags", tags}};
        read_attributes(event.attributes, row, tags);
        each_value(event.objects, [&](std::string_view, std::string_view told) { read_object(told, row, tags); });
        return true;
    }

private:
    /// A feed's manifest, or nothing of MISP's.
    bool read_others(std::string_view text, Json const& members) {
        bool const is_manifest = content_format(text.substr(0, longest_beginning)) == "misp";
        if (is_manifest) {
            sink_.remark(
                fmt::format("it is the manifest of a feed: its {} events are files of their own", members.size()));
        } else {
            sink_.broken(line_of(text), text, "Event: is missing");
        }
        return is_manifest;
    }
    /// The malware that the event is about, as some say it.
    static void note_payload_type(Held& event) {
        each_value(event.attributes, [&](std::string_view, std::string_view told) {
            if (told.size() > longest_member || told.find("Payload type") == std::string_view::npos) return;
            auto const attribute = parsed(told);
            bool const says =
                attribute && attribute->is_object() && attribute->value("category", Json()) == "Payload type";
            if (says && attribute->contains("value")) event.self["payload_type"] = attribute->at("value");
        });
    }
    /// `row` is the event's again afterwards: it is copied for no object.
    void read_object(std::string_view text, Json& row, Json const& of_event) {
        auto object = held_by(text);
        if (!object.is_sound) return sink_.broken(line_of(text), text, "is no JSON");
        if (object.attributes.empty()) return;
        auto tags = of_event;
        take_tags(object.self, tags);
        Json relations = Json::object();
        std::size_t taken = 0;
        each_value(object.attributes, [&](std::string_view, std::string_view told) {
            auto const attribute =
                told.size() > longest_member || taken + told.size() > longest_self ? std::nullopt : parsed(told);
            if (!attribute || !attribute->is_object()) return;
            taken += told.size();
            auto const relation = attribute->value("object_relation", Json());
            if (relation.is_string() && attribute->contains("value") &&
                !relations.contains(relation.get<std::string>()))
                relations[relation.get<std::string>()] = attribute->at("value");
        });
        object.self["relations"] = std::move(relations);
        row["object"] = std::move(object.self);
        row["tags"] = tags;
        read_attributes(object.attributes, row, tags);
        row.erase("object");
        row["tags"] = of_event;
    }
    void read_attributes(std::string_view list, Json& row, Json const& tags) {
        if (list.empty()) return;
        bool const is_list =
            each_value(list, [&](std::string_view, std::string_view told) { read_attribute(told, row, tags); });
        if (!is_list) sink_.broken(line_of(list), list, "Attribute: is no list");
    }
    void read_attribute(std::string_view text, Json& row, Json const& tags) {
        auto const line = line_of(text);
        auto const end = end_of_value(text);
        if (text.size() > longest_value)
            return sink_.broken(line, text.substr(0, 200), "an attribute is longer than 8 MiB");
        auto attribute = parse_value(text, end ? end->depth : 0, line, sink_);
        if (!attribute) return;
        if (!attribute->is_object()) return sink_.broken(line, text, "is no JSON object");
        for (auto const* beside : {"ShadowAttribute", "RelatedAttribute", "Galaxy", "Sighting"})
            attribute->erase(beside);
        if (auto const sample = attribute->find("data"); sample != attribute->end())
            *sample = hashed_evidence(Json{{"Data", *sample}});
        Json own = Json::array();
        take_tags(*attribute, own);
        bool const has_own = !own.empty();
        if (has_own) {
            own.insert(own.end(), tags.begin(), tags.end());
            row["tags"] = std::move(own);
        }
        row["attribute"] = std::move(*attribute);
        Row told(row);
        told.line = line;
        told.raw = text;
        sink_.row(told);
        if (has_own) row["tags"] = tags;
    }
    /// Of a part of the text; they are asked for in their order.
    std::uint64_t line_of(std::string_view part) {
        if (part.data() < counted_.data()) return line_;
        auto const length = static_cast<std::size_t>(part.data() - counted_.data());
        line_ += static_cast<std::uint64_t>(
            std::count(counted_.begin(), counted_.begin() + static_cast<std::ptrdiff_t>(length), '\n'));
        counted_.remove_prefix(length);
        return line_;
    }

    std::string_view counted_;
    std::uint64_t line_;
    RowSink& sink_;
};

class MispRows : public RowReader {
public:
    std::size_t consume(Bytes bytes, InputEnd end, RowSink& sink) override {
        if (is_done_) return bytes.size();
        text_ += as_text(bytes);
        bool const is_last = end != InputEnd::not_yet;
        std::string_view rest = text_;
        if (!is_past_mark_ && !step_over_mark(rest, !is_last)) return bytes.size();
        is_past_mark_ = true;
        while (!is_done_ && step_over_parting(rest)) {
            if (!take_next(rest, is_last, sink)) break;
        }
        if (is_last && !is_done_) finish(rest, sink);
        text_.erase(0, text_.size() - rest.size());
        return bytes.size();
    }

private:
    /// False where nothing is left.
    bool step_over_parting(std::string_view& rest) {
        while (!rest.empty()) {
            char const c = rest.front();
            bool const opens = c == '[' && !is_read_;
            if (opens) ++open_;
            if ((c == ']' || c == '}') && open_ > 0) --open_;
            bool const is_parting =
                opens || c == ']' || c == '}' || c == ',' || blanks.find(c) != std::string_view::npos;
            if (!is_parting) return true;
            step(rest, 1);
        }
        return false;
    }
    /// An event, or what stands around them; false where more has to come.
    bool take_next(std::string_view& rest, bool is_last, RowSink& sink) {
        if (rest.front() != '{') return take_other(rest, is_last, sink);
        if (auto const answer = length_of_answer(rest); answer > 0) {
            end_ = {};
            ++open_;
            is_answer_ = true;
            step(rest, answer);
            return true;
        }
        auto const length = end_.find(rest);
        if (!length && rest.size() > longest_event) {
            give_up(rest, sink, "an event is longer than 64 MiB: it and what stands behind it was not read");
            return false;
        }
        if (!length) return false;
        end_ = {};
        is_read_ = true;
        read(rest.substr(0, *length), sink);
        step(rest, *length);
        return true;
    }
    void read(std::string_view text, RowSink& sink) {
        auto event = text;
        each_value(text, [&](std::string_view name, std::string_view value) {
            if (name == "Event" && value.starts_with('{')) event = value;
        });
        is_misp_ = EventReader(text, line_, sink).read(event) || is_misp_;
    }
    /// `{"response": `, behind which a list of events stands, or one thing that holds attributes.
    [[nodiscard]] std::size_t length_of_answer(std::string_view text) const {
        constexpr std::string_view name = "\"response\"";
        auto at = text.find_first_not_of(blanks, 1);
        if (open_ > 0 || at == std::string_view::npos || !text.substr(at).starts_with(name)) return 0;
        at = text.find_first_not_of(blanks, at + name.size());
        if (at == std::string_view::npos || text[at] != ':') return 0;
        return at + 1;
    }
    bool take_other(std::string_view& rest, bool is_last, RowSink& sink) {
        if (is_misp_ || (is_answer_ && rest.front() == '"')) {  // Other members of an answer.
            is_done_ = true;
            return false;
        }
        if (!is_last && rest.size() < telling) return false;
        if (content_format(rest.substr(0, longest_beginning)) == "misp") {
            sink.remark("it is a feed's list of hashes, which tells no events");
            is_done_ = true;
        } else {
            give_up(rest, sink, std::string(none_of_misp));
        }
        return false;
    }
    void finish(std::string_view& rest, RowSink& sink) {
        if (!rest.empty()) sink.cut(breaks_off), sink.broken(line_, rest, "the text ends inside an event");
        if (rest.empty() && open_ > 0) sink.cut(breaks_off);
        if (is_read_ && !is_misp_) sink.refuse(std::string(none_of_misp));
        rest = {};
    }
    void give_up(std::string_view rest, RowSink& sink, std::string reason) {
        is_done_ = true;
        sink.broken(line_, rest.substr(0, 200), reason);
        sink.refuse(std::move(reason));
    }
    void step(std::string_view& rest, std::size_t length) {
        line_ += static_cast<std::uint64_t>(
            std::count(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(length), '\n'));
        rest.remove_prefix(length);
    }

    static constexpr std::string_view none_of_misp = "is no JSON of MISP";
    static constexpr std::size_t telling = 400;  ///< So many bytes tell what something is.

    std::string text_{};  ///< That is not read yet.
    EndAhead end_{};      ///< Of what it begins with.
    std::size_t open_ = 0;
    bool is_read_ = false;    ///< An object was.
    bool is_misp_ = false;    ///< One that is MISP's.
    bool is_answer_ = false;  ///< It is one of the API.
    bool is_past_mark_ = false;
    bool is_done_ = false;
    std::uint64_t line_ = 1;
};

}  // namespace

std::unique_ptr<RowReader> misp_rows() { return std::make_unique<MispRows>(); }

}  // namespace kula::intake
