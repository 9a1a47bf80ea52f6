#include <algorithm>

#include "json_value.hpp"
#include "row_readers.hpp"
#include "texts.hpp"

namespace kula::intake {
namespace {

using formats::InputEnd;
using Bytes = std::span<std::byte const>;

class JsonRows : public RowReader {
public:
    std::size_t consume(Bytes bytes, InputEnd end, RowSink& sink) override {
        if (is_given_up_) return bytes.size();
        auto rest = as_text(bytes);
        if (!is_past_mark_ && !step_over_mark(rest, end == InputEnd::not_yet)) return 0;
        is_past_mark_ = true;
        for (;;) {
            step_over_parting(rest);
            if (rest.empty()) break;
            auto const found = end_of_value(rest.substr(0, longest_value + 1));
            if (!found && rest.size() > longest_value) return give_up(rest.substr(0, 200), bytes.size(), sink);
            if (!found) {
                if (end == InputEnd::not_yet) break;
                is_list_ = false;  // Its end is not missed as well.
                sink.cut(breaks_off);
                sink.broken(line_, rest, "the text ends inside a value");
                return bytes.size();
            }
            auto const value = rest.substr(0, found->length);
            if (auto const parsed = parse_value(value, found->depth, line_, sink))
                take_object(*parsed, value, line_, sink);
            step(rest, found->length);
        }
        if (end != InputEnd::not_yet && is_list_) sink.cut(breaks_off);
        return bytes.size() - rest.size();
    }

private:
    /// Commas, blanks, line ends, and the brackets of the list that holds all values.
    void step_over_parting(std::string_view& rest) {
        while (!rest.empty()) {
            char const c = rest.front();
            bool const is_parting = c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',' || c == '\0';
            if (c == '[' && is_at_beginning_) {
                is_list_ = true;
            } else if (c == ']' && is_list_) {
                is_list_ = false;
            } else if (!is_parting) {
                break;
            }
            if (!is_parting) is_at_beginning_ = false;
            step(rest, 1);
        }
        if (!rest.empty()) is_at_beginning_ = false;
    }
    void step(std::string_view& rest, std::size_t length) {
        auto const lines = std::count(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(length), '\n');
        line_ += static_cast<std::uint64_t>(lines);
        rest.remove_prefix(length);
    }
    std::size_t give_up(std::string_view beginning, std::size_t all, RowSink& sink) {
        is_given_up_ = true;
        sink.broken(line_, beginning, "a value is longer than 8 MiB");
        sink.refuse("a value is longer than 8 MiB: what stands behind it was not read");
        return all;
    }
    bool is_past_mark_ = false;
    bool is_at_beginning_ = true;
    bool is_list_ = false;
    bool is_given_up_ = false;
    std::uint64_t line_ = 1;
};

}  // namespace

std::unique_ptr<RowReader> json_rows(Reading const& reading) {
    if (reading.each.empty()) return std::make_unique<JsonRows>();
    return nested_json_rows(reading);
}

}  // namespace kula::intake
