#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <sstream>

#include "fold.hpp"
#include "formats/csv.hpp"
#include "import_rows.hpp"
#include "registry/vocabulary.hpp"

namespace kula::registry {
namespace {

using Header = std::map<std::string, std::size_t, std::less<>>;

constexpr std::array<std::string_view, 24> known_columns{"name",
                                                         "short_name",
                                                         "sector",
                                                         "subsector",
                                                         "size",
                                                         "entity_class",
                                                         "entity_class_reason",
                                                         "languages",
                                                         "country",
                                                         "website",
                                                         "notes",
                                                         "parent",
                                                         "networks",
                                                         "contact_name",
                                                         "contact_role",
                                                         "contact_email",
                                                         "contact_phone",
                                                         "contact_language",
                                                         "contact_languages",
                                                         "contact_round_the_clock",
                                                         "contact_pgp_key",
                                                         "contact_smime_certificate",
                                                         "tlp",
                                                         "pap"};

/// One row's cells by the header's names.
class Cells {
public:
    Cells(Header const& header, std::span<std::string_view const> fields) : header_(header), fields_(fields) {}

    [[nodiscard]] bool has(std::string_view column) const { return header_.find(column) != header_.end(); }
    /// Absent where the column is, or the cell is blank.
    [[nodiscard]] std::optional<std::string> text(std::string_view column) const {
        auto const found = header_.find(column);
        if (found == header_.end() || found->second >= fields_.size()) return std::nullopt;
        std::string value(formats::without_guard(trimmed(fields_[found->second])));
        return value.empty() ? std::nullopt : std::optional(std::move(value));
    }

private:
    Header const& header_;
    std::span<std::string_view const> fields_;
};

std::vector<std::string> words_of(Cells const& cells, std::string_view column) {
    std::vector<std::string> out;
    std::istringstream words(cells.text(column).value_or(""));
    for (std::string word; words >> word;) out.push_back(folded(word));
    return out;
}

base::Result<void> read_choices(Cells const& cells, OrganisationContent& out) {
    if (auto const text = cells.text("size")) {
        out.size = parse_organisation_size(folded(*text));
        if (!out.size) return base::invalid("size: is none of micro, small, medium and large");
    }
    if (auto const text = cells.text("entity_class")) {
        out.entity_class = parse_entity_class(folded(*text));
        if (!out.entity_class) return base::invalid("entity_class: is none of essential, important and none");
    }
    return {};
}

std::optional<seals::PublicKey> key_in(Cells const& cells, std::string_view column) {
    auto text = cells.text(column);
    if (!text) return std::nullopt;
    seals::PublicKey key;
    key.text = std::move(*text);
    return key;
}

base::Result<void> read_networks(Cells const& cells, std::vector<Network>& out) {
    std::istringstream words(cells.text("networks").value_or(""));
    for (std::string word; words >> word;) {
        auto network = Network::parse(word);
        if (network.has_error())
            return base::invalid(fmt::format("networks: entry {} {}", out.size() + 1, network.error().detail));
        out.push_back(std::move(*network));
    }
    return {};
}

base::Result<void> read_contact(Cells const& cells, std::vector<Contact>& out) {
    Contact contact;
    contact.email = cells.text("contact_email");
    contact.phone = cells.text("contact_phone");
    contact.languages = words_of(cells, cells.has("contact_languages") ? "contact_languages" : "contact_language");
    contact.openpgp = key_in(cells, "contact_pgp_key");
    contact.smime = key_in(cells, "contact_smime_certificate");
    auto const name = cells.text("contact_name");
    auto const role = cells.text("contact_role");
    if (!name && !contact.email && !contact.phone) return {};
    contact.name = name.value_or(contact.email.value_or(contact.phone.value_or("")));
    if (role) contact.role = folded(*role);
    if (!is_contact_role(contact.role)) return base::invalid("contact_role: is no known role");
    auto const clock = folded(cells.text("contact_round_the_clock").value_or("no"));
    if (clock != "yes" && clock != "no") return base::invalid("contact_round_the_clock: is neither yes nor no");
    if (clock == "yes") contact.attendance = Attendance::round_the_clock;
    out.push_back(std::move(contact));
    return {};
}

base::Result<void> read_marking(Cells const& cells, Draft& draft) {
    if (auto const text = cells.text("tlp")) {
        draft.tlp = base::parse_tlp(*text);
        if (!draft.tlp) return base::invalid("tlp: is no TLP label");
        if (draft.tlp == base::Tlp::red) return base::invalid("tlp: an organisation is at most TLP:AMBER+STRICT");
    }
    if (auto const text = cells.text("pap")) {
        draft.pap = base::parse_pap(*text);
        if (!draft.pap) return base::invalid("pap: is no PAP label");
    }
    return {};
}

base::Result<Draft> read_row(Cells const& cells) {
    Draft draft;
    auto& content = draft.content;
    content.name = cells.text("name").value_or("");
    content.short_name = cells.text("short_name");
    content.sector = cells.text("sector");
    content.subsector = cells.text("subsector");
    content.entity_class_reason = cells.text("entity_class_reason");
    content.languages = words_of(cells, "languages");
    content.country = cells.text("country");
    content.website = cells.text("website");
    content.notes = cells.text("notes");
    draft.parent = cells.text("parent");
    for (auto const& done : {read_choices(cells, content), read_networks(cells, content.networks),
                             read_contact(cells, content.contacts), read_marking(cells, draft)}) {
        if (done.has_error()) return done.error();
    }
    draft.spoken = {cells.has("short_name"),
                    cells.has("sector"),
                    cells.has("subsector"),
                    cells.has("size"),
                    cells.has("entity_class"),
                    cells.has("entity_class_reason"),
                    cells.has("languages"),
                    cells.has("country"),
                    cells.has("website"),
                    cells.has("notes"),
                    cells.has("parent"),
                    cells.has("networks"),
                    cells.has("contact_name") || cells.has("contact_email") || cells.has("contact_phone"),
                    cells.has("tlp"),
                    cells.has("pap")};
    return draft;
}

}  // namespace

base::Result<ImportDrafts> read_csv(std::string_view text) {
    if (text.size() > most_import_bytes) return base::invalid("the file is longer than 16 MiB");
    auto rest = std::as_bytes(std::span(text));
    formats::CsvReader rows(formats::CsvReader::delimiter_of(text.substr(0, text.find('\n'))));
    auto const next = [&] { return rows.next(rest, formats::InputEnd::reached); };
    auto const first = next();
    if (first == formats::CsvReader::Next::nothing) return base::invalid("the file is empty");
    if (first == formats::CsvReader::Next::broken) return base::invalid(fmt::format("the header: {}", rows.reason()));
    Header header;
    std::size_t const columns = rows.fields().size();
    std::vector<std::string> unknown;
    for (std::size_t i = 0; i < columns; ++i) {
        auto const column = trimmed(rows.fields()[i]);
        auto const known = std::find(known_columns.begin(), known_columns.end(), folded(column));
        if (known != known_columns.end()) {
            if (!header.emplace(*known, i).second)
                return base::invalid(fmt::format("the header has two columns `{}`", *known));
        } else if (!column.empty()) {
            unknown.emplace_back(column);
        }
    }
    if (header.find("name") == header.end()) return base::invalid("the header has no column name");
    DraftCollector collector;
    for (auto found = next(); found != formats::CsvReader::Next::nothing; found = next()) {
        auto const line = rows.line();
        Cells const cells(header, rows.fields());
        if (found == formats::CsvReader::Next::broken) {
            collector.take(line, std::nullopt, base::invalid(std::string(rows.reason())));
        } else if (rows.fields().size() > columns) {
            collector.take(line, cells.text("name"), base::invalid("the row has more fields than the header"));
        } else {
            collector.take(line, cells.text("name"), read_row(cells));
        }
    }
    auto drafts = collector.finish();
    if (drafts) drafts->unknown_columns = std::move(unknown);
    return drafts;
}

}  // namespace kula::registry
