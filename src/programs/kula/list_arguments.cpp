#include "list_arguments.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <span>

#include "formats/compression.hpp"
#include "formats/input.hpp"
#include "indicators/list.hpp"
#include "registry/national_space.hpp"

namespace kula {
namespace {

constexpr std::size_t sniffed_bytes = 4096;

bool takes_files(std::string_view word) { return word == "--indicators" || word == "--national"; }
bool is_option(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

/// Options of `kula match` whose next word is their value.
bool takes_one_value(std::string_view word) {
    static constexpr std::array<std::string_view, 6> options{"--warninglists", "--format",   "--threads",
                                                             "--export-ports", "--as-table", "--columns"};
    return std::find(options.begin(), options.end(), word) != options.end();
}

/// The beginning of what a compressed file holds; other bytes as they are.
std::vector<std::byte> unpacked(std::span<std::byte const> bytes) {
    auto const compression = formats::compression_of(bytes);
    if (!compression) return {bytes.begin(), bytes.end()};
    std::vector<std::byte> out(sniffed_bytes);
    out.resize(formats::Decompressor(*compression).step(bytes, out).made);
    return out;
}

bool is_traffic(std::span<std::byte const> bytes, formats::CsvColumns const& columns) {
    auto const kind = formats::recognise(bytes, formats::InputEnd::reached, columns);
    return kind != formats::InputKind::unknown && kind != formats::InputKind::unrecognised;
}

/// Whether any of the lines is an entry of such a list, or all of them are remarks.
bool is_list(std::string_view text, std::string_view option) {
    if (option == "--national") {
        auto const space = registry::parse_space(text);
        return !space.ranges.empty() || !space.as_numbers.empty() || space.skipped_count == 0;
    }
    indicators::ListReader reader({.reserved = indicators::ReservedSpace::allow}, [](auto const&, auto const&) {});
    reader.feed(text);
    auto const report = reader.finish().value();
    return report.taken > 0 || report.read == 0;
}

/// What is missing, empty or neither is no list: where it is read as an input, its fault is told by its name.
bool holds_list(std::string const& path, std::string_view option, formats::CsvColumns const& columns) {
    if (path == "-") return false;
    std::array<char, sniffed_bytes> bytes{};
    std::ifstream file(path, std::ios::binary);
    file.read(bytes.data(), bytes.size());
    auto const count = static_cast<std::size_t>(file.gcount());
    auto const inside = unpacked(std::as_bytes(std::span(bytes.data(), count)));
    if (inside.empty() || is_traffic(inside, columns)) return false;
    std::string_view text(reinterpret_cast<char const*>(inside.data()), inside.size());
    bool const is_begun = inside.size() == sniffed_bytes && text.find('\n') != std::string_view::npos;
    return is_list(is_begun ? text.substr(0, text.rfind('\n')) : text, option);
}

/// The column map that the command line gives, if it can be read.
formats::CsvColumns columns_of(std::vector<std::string> const& words) {
    constexpr std::string_view option = "--columns";
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string map;
        if (words[i] == option && i + 1 < words.size()) map = words[i + 1];
        if (words[i].starts_with("--columns=")) map = words[i].substr(option.size() + 1);
        if (map.empty()) continue;
        auto columns = formats::CsvColumns::parse(map);
        if (columns) return std::move(*columns);
    }
    return {};
}

/// The words of a command line as they are sorted into options and inputs.
class Sorter {
public:
    explicit Sorter(formats::CsvColumns columns) : columns_(std::move(columns)) {}

    std::vector<std::string> sort(std::vector<std::string> const& words) {
        for (std::size_t i = 1; i < words.size(); ++i) take(words[i]);
        if (!has_input_ && last_extra_ != nowhere) {
            // Nothing is left to read: the last file behind a list option was meant.
            out_.erase(out_.begin() + static_cast<std::ptrdiff_t>(last_extra_) - 1);
        }
        out_.insert(out_.begin(), words.front());
        return std::move(out_);
    }

private:
    void take(std::string const& word) {
        if (only_inputs_) return input(word);
        if (word == "--") {
            only_inputs_ = true;
            out_.push_back(word);
        } else if (wants_value_) {
            out_.push_back(word);
            wants_value_ = false;
        } else if (is_option(word)) {
            out_.push_back(word);
            list_option_ = takes_files(word) ? word : "";
            wants_value_ = takes_files(word) || takes_one_value(word);
        } else if (!list_option_.empty() && holds_list(word, list_option_, columns_)) {
            out_.push_back(list_option_);
            out_.push_back(word);
            last_extra_ = out_.size() - 1;
        } else {
            input(word);
        }
    }
    void input(std::string const& word) {
        out_.push_back(word);
        has_input_ = true;
        list_option_.clear();
    }

    static constexpr std::size_t nowhere = ~std::size_t{0};
    formats::CsvColumns columns_;
    std::vector<std::string> out_;
    std::string list_option_;  ///< The last option, if it takes several files.
    bool wants_value_ = false;
    bool only_inputs_ = false;
    bool has_input_ = false;
    std::size_t last_extra_ = nowhere;
};

}  // namespace

std::vector<std::string> repeat_list_options(std::vector<std::string> arguments) {
    if (arguments.empty() || arguments.front() != "match") return arguments;
    return Sorter(columns_of(arguments)).sort(arguments);
}

}  // namespace kula
