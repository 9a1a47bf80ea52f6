#include "registry/country_table.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace kula::registry {
namespace {

constexpr std::string_view around_fields = " \t\r,;\"";

std::string_view bare(std::string_view text) {
    auto const begin = text.find_first_not_of(around_fields);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(around_fields) - begin + 1);
}

bool is_code(std::string_view text) {
    return text.size() == 2 &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; });
}

char upper(char c) { return static_cast<char>(c & ~32); }

base::Result<std::string> read(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    if (!file) return base::not_found(path.string() + ": cannot be read");
    content << file.rdbuf();
    if (file.bad()) return base::unavailable(path.string() + ": reading failed");
    return std::move(content).str();
}

}  // namespace

void CountryTable::add_text(std::string_view text, std::string_view country) {
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        auto const line = bare(text.substr(0, std::min(text.find('#'), end)));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty()) continue;
        auto const split = std::min(line.find_first_of(around_fields), line.size());
        auto const prefix = base::Prefix::parse(line.substr(0, split));
        auto const code = country.empty() ? bare(line.substr(split)) : country;
        if (prefix && is_code(code)) {
            entries_.push_back({base::AddressRange::of(*prefix), {upper(code[0]), upper(code[1])}});
        } else {
            ++skipped_;
        }
    }
}

void CountryTable::sort() {
    std::stable_sort(entries_.begin(), entries_.end(),
                     [](Entry const& a, Entry const& b) { return a.range.first < b.range.first; });
}

CountryTable CountryTable::parse(std::string_view text) {
    CountryTable table;
    table.add_text(text, {});
    table.sort();
    return table;
}

base::Result<CountryTable> CountryTable::load(std::filesystem::path const& path) {
    CountryTable table;
    std::error_code fault;
    if (std::filesystem::is_directory(path, fault)) {
        for (auto const& file : std::filesystem::directory_iterator(path, fault)) {
            auto const stem = file.path().stem().string();
            if (!is_code(stem) || !file.is_regular_file(fault)) continue;
            auto const text = read(file.path());
            if (!text) return text.error();
            table.add_text(*text, stem);
        }
    } else {
        auto const text = read(path);
        if (!text) return text.error();
        table.add_text(*text, {});
    }
    if (table.entries_.empty()) return base::invalid(path.string() + ": holds no entry of a country table");
    table.sort();
    return table;
}

std::optional<std::string> CountryTable::find(base::Address address) const {
    auto const after = std::upper_bound(entries_.begin(), entries_.end(), address,
                                        [](base::Address wanted, Entry const& e) { return wanted < e.range.first; });
    if (after == entries_.begin() || !std::prev(after)->range.contains(address)) return std::nullopt;
    return std::string(std::prev(after)->code, 2);
}

}  // namespace kula::registry
