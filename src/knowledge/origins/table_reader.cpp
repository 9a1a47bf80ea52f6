#include "origins/table_reader.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "base/instant.hpp"
#include "formats/delegated.hpp"
#include "formats/mmdb.hpp"
#include "formats/rib.hpp"
#include "origin_votes.hpp"
#include "table_line.hpp"

namespace kula::origins {
namespace {

constexpr std::size_t most_entries = 16'000'000;
constexpr std::size_t longest_text_line = 64 * 1024;
constexpr std::size_t largest_tree = std::size_t{1} << 30;
constexpr std::size_t head_size = 512;  // bytes by which a form is recognised

std::string_view text_of(std::span<std::byte const> bytes) {
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

/// `20261127`
std::string date_of(base::Instant moment) {
    auto text = base::to_seconds_text(moment).substr(0, 10);
    std::erase(text, '-');
    return text;
}

}  // namespace

/// One form of the content.
class TableReader::Form {
public:
    Form() = default;
    Form(Form const&) = delete;
    Form& operator=(Form const&) = delete;
    virtual ~Form() = default;
    virtual void take(std::string_view bytes) = 0;
    [[nodiscard]] virtual bool is_over() const = 0;
    virtual base::Result<TableContent> finish() = 0;
};

class TableReader::Lines final : public Form {
public:
    Lines(TableKind kind, std::string country) : kind_(kind), country_(std::move(country)) {}

    void take(std::string_view bytes) override {
        while (!bytes.empty() && !is_over()) {
            auto const end = bytes.find('\n');
            auto const piece = bytes.substr(0, end);
            bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
            if (begun_.size() <= longest_text_line) begun_.append(piece.substr(0, longest_text_line + 1));
            if (end != std::string_view::npos) end_line();
        }
    }
    [[nodiscard]] bool is_over() const override { return stretches_.size() + votes_.size() > most_entries; }

    base::Result<TableContent> finish() override {
        if (!begun_.empty()) end_line();
        if (votes_.size() > 0) {
            auto voted = votes_.decide();
            stretches_.v4.insert(stretches_.v4.end(), voted.v4.begin(), voted.v4.end());
            stretches_.v6.insert(stretches_.v6.end(), voted.v6.begin(), voted.v6.end());
        }
        about_.entries = stretches_.size();
        return TableContent{std::move(stretches_), std::move(about_)};
    }

private:
    void end_line() {
        ++line_;
        auto const content = without_comment(begun_);
        bool const is_one = begun_.size() <= longest_text_line && take_line(content);
        if (!content.empty() && !is_one && about_.skipped++ == 0) about_.first_skipped = line_;
        begun_.clear();
    }

    bool take_line(std::string_view line) {
        if (line.find('|') == std::string_view::npos) {
            auto const entry = kind_ == TableKind::countries ? country_line(line, country_) : as_number_line(line);
            if (entry && entry->number != 0) stretches_.add(entry->range, 0, entry->number);
            return entry.has_value();
        }
        return kind_ == TableKind::countries ? take_delegated(line) : take_rib(line);
    }

    bool take_delegated(std::string_view line) {
        auto const told = formats::parse_delegated_line(line);
        if (told.kind == formats::DelegatedLine::Kind::broken) return false;
        about_.format = TableFormat::delegated;
        if (told.date.size() == 8) about_.version = std::max(about_.version, std::string(told.date));
        if (auto const number = CountryTable::number_of(told.country)) stretches_.add(told.range, 0, *number);
        return true;
    }

    bool take_rib(std::string_view line) {
        auto const told = formats::parse_rib_line(line);
        if (!told) return false;
        about_.format = TableFormat::rib;
        if (about_.version.empty()) about_.version = date_of(told->dumped);
        if (told->origin) votes_.add(told->prefix, std::array{*told->origin});
        return true;
    }

    TableKind kind_;
    std::string country_;
    std::string begun_;  ///< A line whose end is to come.
    std::uint64_t line_ = 0;
    AddressStretches stretches_;
    OriginVotes votes_;
    TableAbout about_;
};

class TableReader::Rib final : public Form {
public:
    void take(std::string_view bytes) override {
        rest_.append(bytes);
        rest_.erase(0, reader_.consume(std::as_bytes(std::span(rest_)), formats::InputEnd::not_yet));
    }
    [[nodiscard]] bool is_over() const override { return reader_.is_cut() || votes_.size() > most_entries; }

    base::Result<TableContent> finish() override {
        reader_.consume(std::as_bytes(std::span(rest_)), formats::InputEnd::reached);
        if (reader_.is_cut()) return base::invalid("a routing table in MRT that ends within a record");
        TableContent out{votes_.decide(), {}};
        out.about.format = TableFormat::rib;
        if (reader_.dumped()) out.about.version = date_of(*reader_.dumped());
        out.about.entries = out.stretches.size();
        out.about.skipped = reader_.broken();
        return out;
    }

private:
    OriginVotes votes_;
    formats::RibReader reader_{[this](auto const& prefix, auto origins) { votes_.add(prefix, origins); }};
    std::string rest_;
};

/// A MaxMind DB, whose metadata stands at its end.
class TableReader::Tree final : public Form {
public:
    explicit Tree(TableKind kind) : kind_(kind) {}

    void take(std::string_view bytes) override { file_.append(bytes.substr(0, largest_tree + 1 - file_.size())); }
    [[nodiscard]] bool is_over() const override { return file_.size() > largest_tree; }

    base::Result<TableContent> finish() override {
        auto const tree = formats::Mmdb::open(std::as_bytes(std::span(file_)));
        if (!tree) return tree.error();
        TableContent out;
        out.about.format = TableFormat::mmdb;
        out.about.version = date_of(tree->built());
        std::unordered_map<formats::Mmdb::Record, std::optional<std::uint32_t>> numbers;
        bool const is_tree = tree->each([&](base::Prefix const& prefix, formats::Mmdb::Record record) {
            auto const [found, is_new] = numbers.try_emplace(record);
            if (is_new)
                found->second = kind_ == TableKind::countries ? country_of(*tree, record) : as_of(*tree, record);
            if (!found->second) {
                ++out.about.skipped;
            } else if (*found->second != 0) {
                out.stretches.add(base::AddressRange::of(prefix), 0, *found->second);
            }
        });
        if (!is_tree) return base::invalid("a MaxMind DB whose networks are no tree");
        out.about.entries = out.stretches.size();
        return out;
    }

private:
    static std::optional<std::uint32_t> country_of(formats::Mmdb const& tree, formats::Mmdb::Record record) {
        auto const code = [&](formats::Mmdb::Path path) {
            return CountryTable::number_of(tree.text(record, path).value_or(""));
        };
        auto number = code({"country", "iso_code"});
        if (!number) number = code({"registered_country", "iso_code"});
        if (!number) number = code({"country"});
        return number ? number : code({"country_code"});
    }
    static std::optional<std::uint32_t> as_of(formats::Mmdb const& tree, formats::Mmdb::Record record) {
        for (auto const* name : {"autonomous_system_number", "asn"}) {
            auto const number = tree.number(record, {name});
            if (number && *number <= 0xffff'ffff) return static_cast<std::uint32_t>(*number);
            auto const text = tree.text(record, {name});
            auto const line = text ? as_number_line("::/0 " + std::string(*text)) : std::nullopt;
            if (line) return line->number;
        }
        return std::nullopt;
    }

    TableKind kind_;
    std::string file_;
};

TableReader::TableReader(TableKind kind, std::string_view country) : kind_(kind), country_(country) {}
TableReader::~TableReader() = default;
TableReader::TableReader(TableReader&&) noexcept = default;
TableReader& TableReader::operator=(TableReader&&) noexcept = default;

void TableReader::choose(bool is_all) {
    if (form_ || (!is_all && head_.size() < head_size)) return;
    auto const is_binary = [](char c) { return (c >= 0 && c < '\t') || (c > '\r' && c < ' '); };
    if (kind_ == TableKind::as_numbers && formats::begins_rib(std::as_bytes(std::span(head_)))) {
        form_ = std::make_unique<Rib>();
    } else if (std::ranges::any_of(std::string_view(head_).substr(0, head_size), is_binary)) {
        form_ = std::make_unique<Tree>(kind_);
    } else {
        form_ = std::make_unique<Lines>(kind_, country_);
    }
    form_->take(std::exchange(head_, {}));
}

void TableReader::take(std::span<std::byte const> bytes) {
    if (form_) return form_->is_over() ? void() : form_->take(text_of(bytes));
    head_.append(text_of(bytes));
    choose(false);
}

bool TableReader::is_over() const { return form_ && form_->is_over(); }

base::Result<TableContent> TableReader::finish() {
    choose(true);
    auto content = form_->finish();
    if (!content) return content;
    if (is_over() || content->about.entries > most_entries)
        return base::invalid("more entries than the 16,000,000 that a table may have");
    if (content->about.entries == 0)
        return base::invalid("holds no entry of a table of " +
                             std::string(kind_ == TableKind::countries ? "countries" : "AS numbers"));
    return content;
}

base::Result<TableContent> read_table(TableKind kind, std::string_view text) {
    TableReader reader(kind);
    reader.take(std::as_bytes(std::span(text)));
    return reader.finish();
}

}  // namespace kula::origins
