#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "json_value.hpp"
#include "row_readers.hpp"
#include "texts.hpp"

namespace kula::intake {
namespace {

using formats::InputEnd;

std::vector<std::string> parts_of(std::string_view path) {
    std::vector<std::string> out;
    while (true) {
        auto const dot = std::min(path.find('.'), path.size());
        out.emplace_back(path.substr(0, dot));
        if (dot == path.size()) return out;
        path.remove_prefix(dot + 1);
    }
}

/// Rows deep in an object, however long that is: one row at a time is held. Goes down the path name by name; what
/// stands beside it is passed over, unless it is a cell of all rows.
class NestedJsonRows : public RowReader {
public:
    explicit NestedJsonRows(Reading const& reading)
        : each_(reading.each), path_(parts_of(reading.each)), beside_(reading.beside) {}

    std::size_t consume(std::span<std::byte const> bytes, InputEnd end, RowSink& sink) override {
        auto rest = as_text(bytes);
        if (!is_past_mark_ && !step_over_mark(rest, end == InputEnd::not_yet)) return 0;
        is_past_mark_ = true;
        is_last_ = end != InputEnd::not_yet;
        while (step_ != Step::given_up && go_on(rest, sink)) {
        }
        if (step_ == Step::given_up) return bytes.size();
        if (is_last_ && (step_ != Step::value || down_ > 0 || !rest.empty())) {
            sink.cut(breaks_off);
            if (!rest.empty()) sink.broken(line_, rest, "the text ends inside a value");
            return bytes.size();
        }
        return bytes.size() - rest.size();
    }

private:
    enum class Step : std::uint8_t {
        value,     ///< The value at the path's part `down_` comes.
        key,       ///< In an object above the rows: a name, or its end.
        pass,      ///< Over a value beside the path.
        beside,    ///< A value that is a cell of all rows.
        element,   ///< A row of the list, or its end.
        member,    ///< A row of the object, or its end.
        given_up,  ///< It is no JSON.
    };

    /// False where more must come, or nothing is left.
    bool go_on(std::string_view& rest, RowSink& sink) {
        if (step_ == Step::pass) return pass(rest);
        step_over_parting(rest);
        if (rest.empty()) return false;
        switch (step_) {
            case Step::value: return open(rest, sink);
            case Step::key: return take_key(rest, sink);
            case Step::element: return take_element(rest, sink);
            case Step::member: return take_member(rest, sink);
            case Step::beside: return take_beside(rest, sink);
            case Step::pass:
            case Step::given_up: break;
        }
        return false;
    }

    bool is_of_members() const { return path_.back() == "*"; }
    /// How many names lead to the rows.
    std::size_t names() const { return path_.size() - (is_of_members() ? 1 : 0); }

    bool open(std::string_view& rest, RowSink& sink) {
        bool const is_there = down_ == names();
        char const wanted = is_there && !is_of_members() ? '[' : '{';
        if (rest.front() != wanted) return refuse(sink, fmt::format("there is no list `{}`", each_));
        step(rest, 1);
        if (!is_there) step_ = Step::key;
        if (is_there) step_ = is_of_members() ? Step::member : Step::element;
        is_found_ = is_found_ || is_there;
        return true;
    }
    bool take_key(std::string_view& rest, RowSink& sink) {
        if (rest.front() == '}') return close(rest, sink);
        auto const name = take_name(rest, sink);
        if (!name) return step_ == Step::given_up;
        bool const leads_on = *name == path_[down_];
        if (leads_on) ++down_;
        step_ = leads_on ? Step::value : Step::pass;
        if (leads_on || down_ > 0 || std::find(beside_.begin(), beside_.end(), *name) == beside_.end()) return true;
        step_ = Step::beside;
        std::erase_if(cells_, [&name](auto const& cell) { return cell.first == *name; });
        cells_.emplace_back(*name, nullptr);
        return true;
    }
    bool take_beside(std::string_view& rest, RowSink& sink) {
        auto const found = find_end(rest, sink);
        if (!found) return step_ == Step::given_up;
        auto value = parse_value(rest.substr(0, found->length), found->depth, line_, sink);
        bool const is_cell = value && !value->is_structured() && found->length <= longest_cell;
        if (is_cell) cells_.back().second = *std::move(value);
        step(rest, found->length);
        step_ = Step::key;
        return true;
    }
    /// A text and the colon behind it; nothing where more must come, or it is none.
    std::optional<std::string> take_name(std::string_view& rest, RowSink& sink) {
        if (rest.front() != '"') return give_up(rest, sink, "it is no JSON"), std::nullopt;
        std::size_t end = 1;
        while (end < rest.size() && rest[end] != '"') end += rest[end] == '\\' ? 2U : 1U;
        auto const colon = rest.find_first_not_of(" \t\r\n", std::min(end + 1, rest.size()));
        if (colon == std::string_view::npos) {
            if (rest.size() > longest_value) give_up(rest, sink, "it is no JSON");
            return std::nullopt;
        }
        if (rest[colon] != ':') return give_up(rest, sink, "it is no JSON"), std::nullopt;
        auto const name = Json::parse(as_utf8(rest.substr(0, end + 1)), nullptr, false);
        if (!name.is_string()) return give_up(rest, sink, "it is no JSON"), std::nullopt;
        step(rest, colon + 1);
        return name.get<std::string>();
    }
    /// The end of an object or list on the way, or of the rows.
    bool close(std::string_view& rest, RowSink& sink) {
        step(rest, 1);
        if (down_ > 0) {
            --down_;
            step_ = Step::key;
            return true;
        }
        if (!is_found_) return refuse(sink, fmt::format("there is no list `{}`", each_));
        is_found_ = false;
        cells_.clear();
        step_ = Step::value;
        return true;
    }
    bool pass(std::string_view& rest) {
        for (std::size_t at = 0; at < rest.size(); ++at) {
            char const c = rest[at];
            if (is_escaped_) {
                is_escaped_ = false;
            } else if (is_text_) {
                is_escaped_ = c == '\\';
                is_text_ = c != '"';
            } else if (c == '"') {
                is_text_ = true;
            } else if (c == '{' || c == '[') {
                ++depth_;
            } else if (depth_ > 0 && (c == '}' || c == ']')) {
                --depth_;
            } else if (depth_ == 0 && (c == ',' || c == '}')) {
                step(rest, at);  // A closing brace is of the object that it stands in.
                step_ = Step::key;
                return true;
            }
        }
        step(rest, rest.size());
        return false;
    }
    bool take_element(std::string_view& rest, RowSink& sink) {
        if (rest.front() == ']') return close(rest, sink);
        auto const found = find_end(rest, sink);
        if (!found) return step_ == Step::given_up;
        auto const text = rest.substr(0, found->length);
        if (auto const value = parse_value(text, found->depth, line_, sink))
            take_object(*value, text, line_, sink, &cells_);
        step(rest, found->length);
        return true;
    }
    bool take_member(std::string_view& rest, RowSink& sink) {
        if (rest.front() == '}') return close(rest, sink);
        auto inside = rest;
        auto const line = line_;
        auto const name = take_name(inside, sink);
        if (!name) return step_ == Step::given_up;
        step_over_parting(inside);
        auto const found = inside.empty() ? std::nullopt : find_end(inside, sink);
        if (!found) {
            line_ = line;  // It is looked at again as a whole.
            return step_ == Step::given_up;
        }
        auto const value = parse_value(inside.substr(0, found->length), found->depth, line, sink);
        step(inside, found->length);
        auto const raw = rest.substr(0, rest.size() - inside.size());
        if (value) take_object({{"name", *name}, {"value", *value}}, raw, line, sink, &cells_);
        rest = inside;
        return true;
    }
    std::optional<ValueEnd> find_end(std::string_view rest, RowSink& sink) {
        auto const found = end_of_value(rest.substr(0, longest_value + 1));
        if (!found && rest.size() > longest_value)
            give_up(rest, sink, "a value is longer than 8 MiB: what stands behind it was not read");
        return found;
    }
    bool give_up(std::string_view rest, RowSink& sink, std::string reason) {
        sink.broken(line_, rest.substr(0, 200), reason);
        return refuse(sink, std::move(reason));
    }
    bool refuse(RowSink& sink, std::string reason) {
        step_ = Step::given_up;
        sink.refuse(std::move(reason));
        return true;
    }
    void step_over_parting(std::string_view& rest) {
        auto const begin = rest.find_first_not_of(std::string_view(" \t\r\n,\0", 6));
        step(rest, std::min(begin, rest.size()));
    }
    void step(std::string_view& rest, std::size_t length) {
        auto const lines = std::count(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(length), '\n');
        line_ += static_cast<std::uint64_t>(lines);
        rest.remove_prefix(length);
    }

    std::string const each_;
    std::vector<std::string> const path_;
    std::vector<std::string> const beside_;
    Cells cells_{};
    Step step_ = Step::value;
    std::size_t down_ = 0;  ///< Names of the path that were gone down.
    bool is_found_ = false;
    bool is_past_mark_ = false;
    bool is_last_ = false;
    std::size_t depth_ = 0;    ///< While passing.
    bool is_text_ = false;     ///< While passing.
    bool is_escaped_ = false;  ///< While passing.
    std::uint64_t line_ = 1;
};

}  // namespace

std::unique_ptr<RowReader> nested_json_rows(Reading const& reading) {
    return std::make_unique<NestedJsonRows>(reading);
}

}  // namespace kula::intake
