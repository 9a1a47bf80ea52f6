#include "team_table.hpp"

#include <map>
#include <sstream>

#include "storage/record.hpp"

namespace kula::registry::team_table {
namespace {

constexpr std::string_view published = "published";

std::vector<std::string> entries_of(std::string const& lines) {
    std::vector<std::string> out;
    std::istringstream stream(lines);
    for (std::string line; std::getline(stream, line);) out.push_back(line);
    return out;
}

}  // namespace

Team read(storage::Session const& session) {
    Team team;
    auto const row = session.row<std::string, std::int64_t, base::Instant>(
        "select figures, version, changed_at from team where id = 1");
    if (!row) return team;
    auto const& [figures, version, changed_at] = *row;
    auto& content = team.content;
    content.figures = figures == published ? PublicFigures::published : PublicFigures::withheld;
    team.version = version;
    team.changed_at = changed_at;
    std::map<std::pair<std::string, std::string>, std::string, std::less<>> fields;
    session.each<std::string, std::string, std::string>(
        [&fields](std::string const& name, std::string const& language, std::string const& value) {
            fields[{name, language}] = value;
        },
        "select name, language, value from team_field");
    auto const value_of = [&fields](std::string_view name, std::string_view language) {
        auto const found = fields.find(std::pair(std::string(name), std::string(language)));
        return found == fields.end() ? std::string() : found->second;
    };
    for (auto const& field : team_texts()) {
        for (auto const language : base::languages)
            (content.*field.value).in(language) = value_of(field.name, base::to_text(language));
    }
    for (auto const& field : team_lines()) content.*field.value = value_of(field.name, "");
    for (auto const& field : team_lists()) content.*field.value = entries_of(value_of(field.name, ""));
    return team;
}

void write(storage::Session& session, TeamContent const& content, base::Record const& record) {
    session.execute("insert into team (id, figures, " KULA_RECORD_COLUMNS ") values (1, ?, " KULA_RECORD_PLACES
                    ") on conflict (id) do update set figures = excluded.figures, " KULA_RECORD_UPDATE("team"),
                    std::string(content.figures == PublicFigures::published ? published : "withheld"), record);
    session.execute("delete from team_field");
    auto const keep = [&session](std::string_view name, std::string_view language, std::string const& value) {
        if (value.empty()) return;
        session.execute("insert into team_field (name, language, value) values (?, ?, ?)", std::string(name),
                        std::string(language), value);
    };
    for (auto const& field : team_texts()) {
        for (auto const language : base::languages)
            keep(field.name, base::to_text(language), (content.*field.value).in(language));
    }
    for (auto const& field : team_lines()) keep(field.name, "", content.*field.value);
    for (auto const& field : team_lists()) {
        std::string lines;
        for (auto const& entry : content.*field.value) lines += entry + '\n';
        keep(field.name, "", lines);
    }
}

}  // namespace kula::registry::team_table
