#include "indicators/warninglist.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <system_error>

#include "warning_index.hpp"

namespace kula::indicators {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = 256u << 20;
constexpr std::size_t most_files = 10'000;
constexpr std::array<std::string_view, 5> names_of_types = {"string", "cidr", "hostname", "substring", "regex"};

struct Found {
    std::vector<fs::path> files;
    std::vector<WarninglistFault> faults;
};

base::Result<Found> files_under(fs::path const& path) {
    Found out;
    std::error_code fault;
    if (fs::is_regular_file(path, fault)) {
        out.files.push_back(path);
        return out;
    }
    fs::recursive_directory_iterator entry(path, fs::directory_options::skip_permission_denied, fault);
    if (fault) return base::not_found(fmt::format("warning lists: {} cannot be read", path.string()));
    for (; entry != fs::recursive_directory_iterator(); entry.increment(fault)) {
        if (fault) break;
        std::error_code ignored;
        if (entry->path().extension() == ".json" && entry->is_regular_file(ignored)) out.files.push_back(entry->path());
    }
    if (fault) out.faults.push_back({path.string(), "the folder could not be read to its end"});
    std::sort(out.files.begin(), out.files.end());
    if (out.files.size() > most_files) {
        out.faults.push_back(
            {path.string(), fmt::format("holds more than {} files; the rest is left out", most_files)});
        out.files.resize(most_files);
    }
    return out;
}

base::Result<std::string> content_of(fs::path const& file) {
    std::error_code fault;
    auto const size = fs::file_size(file, fault);
    if (fault) return base::unavailable("cannot be read");
    if (size > largest_file) return base::invalid("is larger than 256 MiB");
    std::ifstream stream(file, std::ios::binary);
    std::string content((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    if (!stream && content.empty()) return base::unavailable("cannot be read");
    return content;
}

}  // namespace

std::string_view to_text(WarninglistType type) { return names_of_types[static_cast<std::size_t>(type)]; }

Warninglists::Warninglists() : index_(std::make_unique<Index>()) {}
Warninglists::Warninglists(Warninglists&&) noexcept = default;
Warninglists& Warninglists::operator=(Warninglists&&) noexcept = default;
Warninglists::~Warninglists() = default;

Warninglists::Warninglists(std::vector<Text> const& texts) : Warninglists() {
    for (auto const& text : texts) index_->add(text.file, text.json);
    index_->build();
}

base::Result<Warninglists> Warninglists::load(fs::path const& path) {
    auto const found = files_under(path);
    if (found.has_error()) return found.error();
    Warninglists out;
    for (auto const& fault : found->faults) out.index_->fault(fault.file, fault.reason);
    for (auto const& file : found->files) {
        if (auto const content = content_of(file)) {
            out.index_->add(file.string(), *content);
        } else {
            out.index_->fault(file.string(), content.error().detail);
        }
    }
    out.index_->build();
    return out;
}

std::vector<WarningHit> Warninglists::matches(Value const& value) const { return index_->matches(value); }
bool Warninglists::warns(Value const& value) const { return index_->warns(value); }
std::vector<Warninglist> const& Warninglists::lists() const { return index_->lists(); }
std::vector<WarninglistFault> const& Warninglists::faults() const { return index_->faults(); }

}  // namespace kula::indicators
