#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <sstream>

#include "formats/csv.hpp"
#include "import_rows.hpp"
#include "registry/fold.hpp"
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

void read_choices(Cells const& cells, OrganisationContent& out, Checks& checks) {
    if (auto const text = cells.text("size")) {
        out.size = parse_organisation_size(folded(*text));
        checks.expect(out.size.has_value(), "size", "is none of micro, small, medium and large");
    }
    if (auto const text = cells.text("entity_class")) {
        out.entity_class = parse_entity_class(folded(*text));
        checks.expect(out.entity_class.has_value(), "entity_class", "is none of essential, important and none");
    }
}

std::optional<seals::PublicKey> key_in(Cells const& cells, std::string_view column) {
    auto text = cells.text(column);
    if (!text) return std::nullopt;
    seals::PublicKey key;
    key.text = std::move(*text);
    return key;
}

void read_networks(Cells const& cells, std::vector<Network>& out, Checks& checks) {
    std::istringstream words(cells.text("networks").value_or(""));
    std::size_t place = 0;
    for (std::string word; words >> word;) {
        ++place;
        auto network = Network::parse(word);
        if (network) {
            out.push_back(std::move(*network));
        } else {
            checks.refuse_also("networks", fmt::format("entry {} {}", place, network.error().detail));
        }
    }
}

void read_contact(Cells const& cells, std::vector<Contact>& out, Checks& checks) {
    Contact contact;
    contact.email = cells.text("contact_email");
    contact.phone = cells.text("contact_phone");
    contact.languages = words_of(cells, cells.has("contact_languages") ? "contact_languages" : "contact_language");
    contact.openpgp = key_in(cells, "contact_pgp_key");
    contact.smime = key_in(cells, "contact_smime_certificate");
    auto const name = cells.text("contact_name");
    auto const role = cells.text("contact_role");
    if (!name && !contact.email && !contact.phone) return;
    contact.name = name.value_or(contact.email.value_or(contact.phone.value_or("")));
    if (role) contact.role = folded(*role);
    auto const clock = folded(cells.text("contact_round_the_clock").value_or("no"));
    checks.expect(clock == "yes" || clock == "no", "contact_round_the_clock", "is neither yes nor no");
    if (clock == "yes") contact.attendance = Attendance::round_the_clock;
    out.push_back(std::move(contact));
}

void read_marking(Cells const& cells, Draft& draft, Checks& checks) {
    if (auto const text = cells.text("tlp")) {
        draft.tlp = base::parse_tlp(*text);
        checks.expect(draft.tlp.has_value(), "tlp", "is no TLP label");
        checks.expect(draft.tlp != base::Tlp::red, "tlp", "an organisation is at most TLP:AMBER+STRICT");
    }
    if (auto const text = cells.text("pap")) {
        draft.pap = base::parse_pap(*text);
        checks.expect(draft.pap.has_value(), "pap", "is no PAP label");
    }
}

Draft read_row(Cells const& cells, Checks& checks) {
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
    read_choices(cells, content, checks);
    read_networks(cells, content.networks, checks);
    read_contact(cells, content.contacts, checks);
    read_marking(cells, draft, checks);
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

/// A row has one contact at most, in columns of its own.
void call_contact_by_columns(ImportedRow& row) {
    constexpr std::string_view contact = "contacts[0].";
    if (row.problems.empty()) return;
    for (auto& problem : row.problems) {
        if (problem.field.starts_with(contact)) problem.field.replace(0, contact.size(), "contact_");
    }
    row.tell(base::invalid(row.problems));
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
    DraftCollector collector;
    for (std::size_t i = 0; i < columns; ++i) {
        auto const column = trimmed(rows.fields()[i]);
        auto const known = std::find(known_columns.begin(), known_columns.end(), folded(column));
        if (known != known_columns.end()) {
            if (!header.emplace(*known, i).second)
                return base::invalid(fmt::format("the header has two columns `{}`", *known));
        } else if (!column.empty()) {
            collector.pass_over({std::string(column)});
        }
    }
    if (header.find("name") == header.end()) return base::invalid("the header has no column name");
    for (auto found = next(); found != formats::CsvReader::Next::nothing; found = next()) {
        auto const line = rows.line();
        Cells const cells(header, rows.fields());
        if (found == formats::CsvReader::Next::broken) {
            collector.skip(line, std::nullopt, base::invalid(std::string(rows.reason())));
        } else if (rows.fields().size() > columns) {
            collector.skip(line, cells.text("name"), base::invalid("the row has more fields than the header"));
        } else {
            Checks checks;
            auto draft = read_row(cells, checks);
            collector.take(line, std::move(draft), std::move(checks));
        }
    }
    auto drafts = collector.finish();
    if (drafts) std::for_each(drafts->rows.begin(), drafts->rows.end(), call_contact_by_columns);
    return drafts;
}

}  // namespace kula::registry
