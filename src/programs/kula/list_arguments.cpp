#include "list_arguments.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <span>

#include "formats/compression.hpp"
#include "formats/input.hpp"

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

bool holds_traffic(std::string const& path) {
    if (path == "-") return true;
    std::array<char, sniffed_bytes> bytes{};
    std::ifstream file(path, std::ios::binary);
    file.read(bytes.data(), bytes.size());
    auto const count = static_cast<std::size_t>(file.gcount());
    auto const inside = unpacked(std::as_bytes(std::span(bytes.data(), count)));
    auto const kind = formats::recognise(inside, formats::InputEnd::reached);
    return kind != formats::InputKind::unknown && kind != formats::InputKind::unrecognised;
}

/// The words of a command line as they are sorted into options and inputs.
class Sorter {
public:
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
        } else if (!list_option_.empty() && !holds_traffic(word)) {
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
    }

    static constexpr std::size_t nowhere = ~std::size_t{0};
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
    return Sorter().sort(arguments);
}

}  // namespace kula
