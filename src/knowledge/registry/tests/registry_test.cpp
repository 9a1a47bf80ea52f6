#include "registry/registry.hpp"

#include <thread>

#include "registry_house.hpp"
#include "registry_migrations.hpp"
#include "storage/record.hpp"

namespace {

using namespace kula;
using namespace kula::registry;

auto const everything = base::Clearance::everything();

OrganisationQuery of_all() {
    OrganisationQuery query;
    query.clearance = everything;
    return query;
}

class RegistryTest : public kula::registry::testing::RegistryHouse {
protected:
    std::vector<std::string> names(OrganisationQuery const& query) {
        std::vector<std::string> out;
        for (auto const& item : registry->list(query).value().items) out.push_back(item.name);
        return out;
    }
};
KULA_ON_BOTH_DATABASES(RegistryTest);

TEST_P(RegistryTest, keeps_an_organisation_with_all_its_parts_over_a_restart) {
    auto const parent = make("Example Ministry");
    auto wanted = content("Пример Болница Езеро", {"example.org", "AS64500", "192.0.2.0/26", "2001:db8::/48"});
    wanted.short_name = "ПБЕ";
    wanted.sector = "health";
    wanted.country = "MK";
    wanted.website = "https://hospital.example/";
    wanted.notes = "First line\nsecond line";
    wanted.parent = parent.id;
    wanted.contacts = {{"Security desk", "security", "security@hospital.example", "+389 2 000 000", {"mk", "sq"}},
                       {"Director", "management", {}, {}, {}}};
    wanted.contacts[0].attendance = Attendance::round_the_clock;
    wanted.subsector = "healthcare_providers";
    wanted.size = OrganisationSize::large;
    wanted.entity_class = EntityClass::essential;
    wanted.entity_class_reason = "Article 3(1)(a)";
    wanted.languages = {"mk", "sq", "mk"};
    auto const made = registry->create(wanted, {base::Tlp::green, base::Pap::green}, desk);
    ASSERT_TRUE(made.has_value()) << made.error().detail;
    restart();
    auto const found = registry->find(made->id, everything);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->content, made->content);
    EXPECT_EQ(found->content.networks.front().text(), "192.0.2.0/26");
    EXPECT_EQ(found->record.marking.tlp, base::Tlp::green);
    EXPECT_EQ(found->record.created_by, "desk");
    EXPECT_EQ(found->record.created_at, clock.now());
    EXPECT_EQ(found->record.version, 1);
}

TEST_P(RegistryTest, refuses_faulty_content_and_names_the_field) {
    auto faulty = content("Example");
    faulty.contacts = {{"A", "legal", "no address", {}, {}}};
    auto const refused = registry->create(faulty, {}, desk);
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().fault, base::Fault::invalid);
    EXPECT_EQ(refused.error().detail, "contacts[0].email: is no mail address");
    EXPECT_EQ(registry->create(content("  "), {}, desk).error().detail, "name: is empty");
    auto unknown = content("Example");
    unknown.sector = "magic";
    EXPECT_EQ(registry->create(unknown, {}, desk).error().detail, "sector: is no known sector");
    unknown.sector = {};
    unknown.parent = OrganisationId::make(clock.now());
    EXPECT_EQ(registry->create(unknown, {}, desk).error().detail, "parent: is no known organisation");
    EXPECT_EQ(registry->create(content("a\nb"), {}, desk).error().fault, base::Fault::invalid);
}

TEST_P(RegistryTest, takes_a_name_once_whatever_its_letter_case_and_blanks) {
    make("Example  Hospital");
    auto const taken = registry->create(content("example hospital "), {}, desk);
    EXPECT_EQ(taken.error().fault, base::Fault::conflict);
    EXPECT_EQ(taken.error().detail, "name: another organisation has it");
    EXPECT_TRUE(registry->create(content("Example Hospitals"), {}, desk).has_value());
}

TEST_P(RegistryTest, replaces_only_the_version_that_the_caller_read) {
    auto const made = make("Example", {"192.0.2.0/24", "198.51.100.0/24"});
    clock.advance(std::chrono::hours(1));
    auto const changed = registry->replace(made.id, 1, content("Example renamed", {"198.51.100.0/24", "AS64500"}), {},
                                           base::Actor{"other"});
    ASSERT_TRUE(changed.has_value()) << changed.error().detail;
    EXPECT_EQ(changed->record.version, 2);
    EXPECT_EQ(changed->record.created_by, "desk");
    EXPECT_EQ(changed->record.changed_by, "other");
    EXPECT_EQ(registry->replace(made.id, 1, content("Late"), {}, desk).error().fault, base::Fault::conflict);
    EXPECT_EQ(registry->remove(made.id, 1, desk).error().fault, base::Fault::conflict);
    auto const found = *registry->find(made.id, everything);
    EXPECT_EQ(found.content, changed->content);
    EXPECT_EQ(registry->replace(OrganisationId::make(clock.now()), 1, content("x"), {}, desk).error().fault,
              base::Fault::not_found);
}

TEST_P(RegistryTest, removes_an_organisation_and_leaves_those_below_it_without_parent) {
    auto const parent = make("Parent", {"192.0.2.0/24"});
    auto below = content("Below");
    below.parent = parent.id;
    auto const child = registry->create(below, {}, desk).value();
    auto loop = parent.content;
    loop.parent = child.id;
    EXPECT_EQ(registry->replace(parent.id, 1, loop, {}, desk).error().fault, base::Fault::invalid);
    ASSERT_TRUE(registry->remove(parent.id, 1, desk).has_value());
    EXPECT_EQ(registry->find(parent.id, everything).error().fault, base::Fault::not_found);
    EXPECT_FALSE(registry->find(child.id, everything)->content.parent.has_value());
    EXPECT_FALSE(registry->attribution()->of_address(*base::Address::parse("192.0.2.1")).has_value());
}

TEST_P(RegistryTest, swaps_the_attribution_with_every_change_and_tells_listeners) {
    int told = 0;
    registry->on_change([&] { ++told; });
    auto const before = registry->attribution();
    auto const made = make("Example", {"192.0.2.0/24"});
    EXPECT_EQ(told, 1);
    EXPECT_FALSE(before->of_address(*base::Address::parse("192.0.2.1")).has_value());
    EXPECT_EQ(registry->attribution()->of_address(*base::Address::parse("192.0.2.1"))->organisation->id, made.id);
    restart();
    EXPECT_EQ(registry->attribution()->of_address(*base::Address::parse("192.0.2.1"))->organisation->id, made.id);
}

TEST_P(RegistryTest, lists_in_the_order_of_names_page_by_page_while_rows_come) {
    for (auto const* name : {"Žito", "apple", "Zebra", "Čelik", "Banana", "Аптека"}) make(name);
    auto query = of_all();
    query.limit = 2;
    std::vector<std::string> seen;
    for (int page = 0; page < 10; ++page) {
        auto const got = registry->list(query).value();
        EXPECT_EQ(got.total, page == 0 ? 6 : 7);
        for (auto const& item : got.items) seen.push_back(item.name);
        if (page == 0) make("Aardvark");
        if (got.next.empty()) break;
        query.cursor = got.next;
    }
    EXPECT_EQ(seen, (std::vector<std::string>{"apple", "Banana", "Čelik", "Zebra", "Žito", "Аптека"}));
    query.cursor.clear();
    query.limit = 100;
    query.sort = OrganisationSort::name_descending;
    EXPECT_EQ(names(query).front(), "Аптека");
}

TEST_P(RegistryTest, sorts_by_change_and_breaks_ties_by_identity) {
    for (auto const* name : {"a", "b", "c"}) make(name);
    clock.advance(std::chrono::seconds(1));
    make("d");
    auto query = of_all();
    query.sort = OrganisationSort::changed_descending;
    query.limit = 1;
    std::vector<std::string> seen;
    do {
        auto const page = registry->list(query).value();
        seen.push_back(page.items.at(0).name);
        query.cursor = page.next;
    } while (!query.cursor.empty());
    EXPECT_EQ(seen, (std::vector<std::string>{"d", "c", "b", "a"}));
}

TEST_P(RegistryTest, goes_on_behind_any_entry_also_one_that_is_gone) {
    for (auto const* name : {"a", "b", "c", "d"}) make(name);
    auto query = of_all();
    auto const page = registry->list(query).value();
    ASSERT_EQ(page.behind.size(), 4U);
    EXPECT_TRUE(page.next.empty());
    ASSERT_TRUE(registry->remove(page.items.at(1).id, 1, desk).has_value());
    query.cursor = page.behind.at(1);
    EXPECT_EQ(names(query), (std::vector<std::string>{"c", "d"}));
}

TEST_P(RegistryTest, tells_which_of_some_a_query_takes) {
    auto const bank = make("Example Bank");
    auto const school = make("Example School");
    make("Example Power");
    auto query = of_all();
    query.search = "bank";
    auto const found = registry->among({school.id, bank.id}, query).value();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.at(0).name, "Example Bank");
    query.search.clear();
    query.sort = OrganisationSort::name_descending;
    EXPECT_EQ(registry->among({bank.id, school.id}, query)->at(0).name, "Example School");
    query.clearance = base::Clearance::of({bank.id.uuid()});
    EXPECT_EQ(registry->among({bank.id, school.id}, query)->size(), 1U) << "no further than the clearance reaches";
    EXPECT_TRUE(registry->among({}, query)->empty());
    EXPECT_EQ(registry->among(std::vector(1001, bank.id), query).error().fault, base::Fault::invalid);
}

TEST_P(RegistryTest, refuses_a_cursor_of_another_list) {
    for (auto const* name : {"a", "b"}) make(name);
    auto query = of_all();
    query.limit = 1;
    auto const next = registry->list(query)->next;
    query.sort = OrganisationSort::changed;
    query.cursor = next;
    EXPECT_EQ(registry->list(query).error().fault, base::Fault::invalid);
    query.cursor = "nonsense";
    EXPECT_EQ(registry->list(query).error().fault, base::Fault::invalid);
}

TEST_P(RegistryTest, finds_words_in_any_script_and_case_and_takes_wildcards_literally) {
    make("Болница Скопје", {"192.0.2.0/26"});
    make("Spitali Shëndeti", {"spital.example"});
    make("100% Example_1");
    auto const found = [&](std::string search) {
        auto query = of_all();
        query.search = std::move(search);
        return names(query);
    };
    EXPECT_EQ(found("скопје БОЛ"), std::vector<std::string>{"Болница Скопје"});
    EXPECT_EQ(found("skopje"), std::vector<std::string>{"Болница Скопје"});
    EXPECT_EQ(found("shendeti"), std::vector<std::string>{"Spitali Shëndeti"});
    EXPECT_EQ(found("spital.example"), std::vector<std::string>{"Spitali Shëndeti"});
    EXPECT_EQ(found("192.0.2"), std::vector<std::string>{"Болница Скопје"});
    EXPECT_EQ(found("0%"), std::vector<std::string>{"100% Example_1"});
    EXPECT_EQ(found("example_1"), std::vector<std::string>{"100% Example_1"});
    EXPECT_TRUE(found("exampleX1").empty());
}

TEST_P(RegistryTest, counts_networks_contacts_and_conflicts_in_a_list) {
    make("A", {"192.0.2.0/24", "AS64500"});
    make("B", {"192.0.2.0/24"});
    auto const items = registry->list(of_all()).value().items;
    EXPECT_EQ(items.at(0).networks, 2);
    EXPECT_EQ(items.at(0).conflicts, 1);
    EXPECT_EQ(items.at(1).conflicts, 1);
    EXPECT_EQ(items.at(1).contacts, 0);
}

constexpr auto sheet =
    "\xEF\xBB\xBFName;sector;networks;contact_name;contact_email\r\n"
    "Example Hospital;health;192.0.2.0/26 hospital.example;\"Desk; \"\"night\"\"\";desk@hospital.example\r\n"
    "example hospital;;AS64500;Director;\r\n"
    "Broken;health;192.0.2.0/99;;\r\n"
    ";health;;;\r\n"
    "Example Bank;banking;198.51.100.0/24;;\r\n";

TEST_P(RegistryTest, imports_a_sheet_and_says_what_became_of_each_row) {
    auto const report = import(ImportFormat::csv, sheet);
    EXPECT_EQ(report.read, 5u);
    EXPECT_EQ(report.created, 3u);
    EXPECT_EQ(report.skipped, 2u);
    EXPECT_EQ(report.rows.at(2).line, 4u);
    EXPECT_EQ(report.rows.at(2).reason, "networks: entry 1 is no address or prefix");
    EXPECT_EQ(report.rows.at(3).reason, "name: is empty");
    auto const hospital = registry->find(report.rows.at(0).id.value(), everything).value();
    EXPECT_EQ(report.rows.at(1).id, hospital.id);
    EXPECT_EQ(hospital.content.networks.size(), 3u);
    ASSERT_EQ(hospital.content.contacts.size(), 2u);
    EXPECT_EQ(hospital.content.contacts[0].name, "Desk; \"night\"");
    EXPECT_EQ(hospital.record.created_by, "import:test");
}

TEST_P(RegistryTest, keeps_a_country_through_sheets_json_and_a_restart) {
    auto const sheet_of = [](std::string const& network) {
        return "name,networks\nExample CSIRT," + network + "\nAnother,192.0.2.0/28 mk\n";
    };
    auto const report = import(ImportFormat::csv, sheet_of("country:qn"));
    EXPECT_EQ(report.rows.at(1).reason,
              "networks: entry 2 is neither an address, a prefix, an AS number, a domain nor a country");
    auto const id = report.rows.at(0).id.value();
    restart();
    auto const network = stored(id).content.networks.at(0);
    EXPECT_EQ(network.text(), "country:QN");
    EXPECT_EQ(registry->attribution()->of_country("QN")->organisation->id, id);
    EXPECT_EQ(import(ImportFormat::csv, sheet_of(network.text())).unchanged, 1u);
    auto const json = [](std::string const& entry) {
        return R"([{"name": "Example CSIRT", "networks": [)" + entry + R"(], "contacts": []}])";
    };
    EXPECT_EQ(import(ImportFormat::json, json(R"({"kind": "country", "value": "QN"})")).unchanged, 1u);
    EXPECT_EQ(import(ImportFormat::json, json(R"("country:QN")")).unchanged, 1u);
    EXPECT_EQ(import(ImportFormat::json, json(R"("country:EU")")).rows.at(0).reason,
              "networks[0]: is no ISO 3166-1 alpha-2 code");
}

TEST_P(RegistryTest, changes_nothing_when_the_same_sheet_comes_again) {
    import(ImportFormat::csv, sheet);
    auto const again = import(ImportFormat::csv, sheet);
    EXPECT_EQ(again.unchanged, 3u);
    EXPECT_EQ(again.created + again.updated, 0u);
    for (auto const& item : registry->list(of_all()).value().items) EXPECT_EQ(item.version, 1);
}

TEST_P(RegistryTest, leaves_alone_what_a_sheet_does_not_speak_of) {
    import(ImportFormat::csv, sheet);
    auto const report =
        import(ImportFormat::csv, "name,notes,networks\nExample Hospital,night shift from 22:00,192.0.2.0/26\n");
    EXPECT_EQ(report.updated, 1u);
    auto const hospital = registry->find(report.rows.at(0).id.value(), everything).value();
    EXPECT_EQ(hospital.content.notes, "night shift from 22:00");
    EXPECT_EQ(hospital.content.sector, "health");
    EXPECT_EQ(hospital.content.contacts.size(), 2u);
    EXPECT_EQ(hospital.content.networks.size(), 1u);
    EXPECT_EQ(hospital.record.version, 2);
}

TEST_P(RegistryTest, reports_without_changing_anything_when_asked_to) {
    auto const report = import(ImportFormat::csv, sheet, ImportMode::report_only);
    EXPECT_EQ(report.created, 3u);
    EXPECT_FALSE(report.rows.at(0).id.has_value());
    EXPECT_EQ(registry->list(of_all())->total, 0);
}

TEST_P(RegistryTest, imports_json_as_whole_organisations) {
    auto const* const text = R"([
        {"name": "Child", "parent": "Example Ministry", "networks": [], "contacts": []},
        {"name": "Example Ministry", "tlp": "green", "networks": [{"kind": "as", "value": "64500"}, "192.0.2.0/24"],
         "contacts": [{"name": "Desk", "role": "security", "email": "desk@ministry.example", "phone": null, "languages": ["sq"]}]},
        {"name": "Faulty", "networks": [{"kind": "prefix", "value": "nowhere"}], "contacts": []},
        {"name": 7}, "text"])";
    auto const report = import(ImportFormat::json, text);
    EXPECT_EQ(report.created, 2u);
    EXPECT_EQ(report.skipped, 3u);
    EXPECT_EQ(report.rows.at(2).reason, "networks[0]: is no address or prefix");
    EXPECT_EQ(report.rows.at(2).name, "Faulty");
    auto const ministry = registry->find(report.rows.at(1).id.value(), everything).value();
    EXPECT_EQ(ministry.record.marking.tlp, base::Tlp::green);
    EXPECT_EQ(registry->find(report.rows.at(0).id.value(), everything)->content.parent, ministry.id);
    EXPECT_EQ(import(ImportFormat::json, text).unchanged, 2u);
}

TEST_P(RegistryTest, refuses_files_that_are_none) {
    EXPECT_EQ(registry->import(ImportFormat::json, "{}", desk).error().fault, base::Fault::invalid);
    EXPECT_EQ(registry->import(ImportFormat::json, "[", desk).error().fault, base::Fault::invalid);
    EXPECT_EQ(registry->import(ImportFormat::csv, "", desk).error().fault, base::Fault::invalid);
    EXPECT_EQ(registry->import(ImportFormat::csv, "title\nx\n", desk).error().fault, base::Fault::invalid);
    auto const open_quote = import(ImportFormat::csv, "name,notes\nA,\"never closed\n");
    EXPECT_EQ(open_quote.rows.at(0).reason, "quotes do not match");
}

TEST_P(RegistryTest, imports_json_lines_and_skips_a_broken_one_by_its_line) {
    std::string const text =
        "\xef\xbb\xbf{\"name\": \"Example Bank\", \"networks\": [\"192.0.2.0/26\"]}\r\n"
        "\n"
        "{\"name\": \"Example\n"
        "[]\n"
        "{\"name\": \"Example School\"}";
    auto const report = import(ImportFormat::json_lines, text);
    EXPECT_EQ(report.read, 4u);
    EXPECT_EQ(report.created, 2u);
    ASSERT_EQ(report.skipped, 2u);
    EXPECT_EQ(report.rows.at(1).line, 3u);
    EXPECT_EQ(report.rows.at(1).reason, "is no JSON");
    EXPECT_EQ(report.rows.at(2).line, 4u);
    EXPECT_EQ(report.rows.at(3).line, 5u);
    EXPECT_EQ(import(ImportFormat::json_lines, text).unchanged, 2u);
    EXPECT_EQ(import(ImportFormat::json_lines, "").read, 0u);
}

TEST_P(RegistryTest, refuses_a_file_of_too_many_rows) {
    std::string lines;
    for (std::size_t row = 0; row < most_import_rows; ++row) lines += "-\n";
    EXPECT_EQ(import(ImportFormat::json_lines, lines, ImportMode::report_only).skipped, most_import_rows);
    auto const refused = registry->import(ImportFormat::json_lines, lines + "-\n", importer);
    EXPECT_EQ(refused.error().detail, "the file has more than 100000 rows");
}

TEST_P(RegistryTest, names_the_columns_it_does_not_know) {
    auto const report = import(ImportFormat::csv, "Name,Prefixes,,sector\nExample Bank,192.0.2.0/26,x,banking\n");
    EXPECT_EQ(report.created, 1u);
    EXPECT_EQ(report.unknown_columns, std::vector<std::string>{"Prefixes"});
    EXPECT_TRUE(import(ImportFormat::csv, sheet).unknown_columns.empty());
    EXPECT_EQ(registry->import(ImportFormat::csv, "name,Name\nA,B\n", desk).error().detail,
              "the header has two columns `name`");
}

TEST_P(RegistryTest, keeps_the_national_space_under_a_version) {
    EXPECT_EQ(registry->stored_national_space()->version, 0);
    auto const first =
        registry->replace_national_space(0, {"198.51.100.0/24", "192.0.2.7/24", "192.0.2.0/24"}, {64501, 64500}, desk);
    ASSERT_TRUE(first.has_value()) << first.error().detail;
    EXPECT_EQ(first->version, 1);
    EXPECT_EQ(first->prefixes, (std::vector<std::string>{"192.0.2.0/24", "198.51.100.0/24"}));
    EXPECT_EQ(registry->replace_national_space(0, {}, {}, desk).error().fault, base::Fault::conflict);
    EXPECT_EQ(registry->replace_national_space(1, {"x"}, {}, desk).error().detail, "prefixes[0]: is no prefix");
    restart();
    EXPECT_TRUE(registry->national_space()->contains(*base::Address::parse("192.0.2.200")));
    EXPECT_TRUE(registry->national_space()->contains_as(64500));
    EXPECT_EQ(registry->replace_national_space(1, {"2001:db8::/32"}, {}, desk)->version, 2);
    EXPECT_FALSE(registry->national_space()->contains(*base::Address::parse("192.0.2.200")));
}

TEST_P(RegistryTest, answers_while_others_change_it) {
    std::atomic<bool> is_done = false;
    std::thread reader([&] {
        while (!is_done) (void)registry->attribution()->of_address(*base::Address::parse("192.0.2.1"));
    });
    for (int i = 0; i < 20; ++i) make("Example " + std::to_string(i), {"192.0.2." + std::to_string(i)});
    is_done = true;
    reader.join();
    EXPECT_EQ(registry->attribution()->size(), 20u);
}

/// A database that ran only the first scripts, with that day's rows in it, comes up to date without losing any.
TEST_P(RegistryTest, brings_every_earlier_schema_up_to_date) {
    auto const& all = registry_migrations();
    for (std::size_t count = 1; count <= all.scripts.size(); ++count) {
        registry.reset();
        renew();
        ASSERT_TRUE(database().migrate(storage::testing::first_scripts(all, count)).has_value());
        auto const filled = database().write(storage::Priority::interactive, [](storage::Session& session) {
            session.execute(
                "insert into organisation (id, name, name_key, name_order, search, short_name, sector, country, website, notes, "
                "parent, " KULA_RECORD_COLUMNS
                ") values ('01930b2e-6c00-7000-8000-000000000001', 'Example', 'example', '2a', 'example', null, "
                "'health', null, null, null, null, '00000000-0000-0000-0000-000000000000', 'amber', 'amber', '', 1, 'desk', 1, 'desk', 1)");
            session.execute(
                "insert into organisation_network values ('01930b2e-6c00-7000-8000-000000000002', "
                "'01930b2e-6c00-7000-8000-000000000001', 'prefix', '192.0.2.0/24', '00000000-0000-0000-0000-000000000000', 'amber', "
                "'amber', '', 1, 'desk', 1, 'desk', 1)");
        });
        ASSERT_TRUE(filled.has_value()) << filled.error().detail;
        start();
        EXPECT_EQ(registry->find(*OrganisationId::parse("01930b2e-6c00-7000-8000-000000000001"), everything)
                      ->content.networks.size(),
                  1u);
    }
}

TEST_P(RegistryTest, writes_every_change_into_the_trail_with_what_was_before_and_after) {
    auto const made = make("Example Hospital", {"192.0.2.0/26"});
    auto wanted = made.content;
    wanted.notes = "called";
    ASSERT_TRUE(registry->replace(made.id, 1, wanted, {}, desk).has_value());
    EXPECT_EQ(registry->replace(made.id, 1, wanted, {}, desk).error().fault, base::Fault::conflict);
    ASSERT_TRUE(registry->remove(made.id, 2, desk).has_value());
    import(ImportFormat::csv, "name\nExample Bank\n");
    import(ImportFormat::csv, "name\nExample Bank\n");
    import(ImportFormat::csv, "name\nExample School\n", ImportMode::report_only);
    ASSERT_TRUE(registry->replace_national_space(0, {"192.0.2.0/24"}, {}, desk).has_value());
    auto const bank = registry->list(of_all()).value().items.at(0).id;
    EXPECT_EQ(trail(), (std::vector<std::string>{"desk national_space.replaced national_space:",
                                                 "import:test organisation.created organisation:" + bank.text(),
                                                 "desk organisation.removed organisation:" + made.id.text(),
                                                 "desk organisation.changed organisation:" + made.id.text(),
                                                 "desk organisation.created organisation:" + made.id.text()}));
    auto const entries = journal->list({}).value().items;
    EXPECT_EQ(entries.at(3).fact.before.find("called"), std::string::npos);
    EXPECT_NE(entries.at(3).fact.after.find("\"notes\":\"called\""), std::string::npos);
    EXPECT_EQ(entries.at(3).origin, "192.0.2.1");
    EXPECT_TRUE(entries.at(2).fact.after.empty());
}

TEST_P(RegistryTest, shows_an_outsider_its_own_organisation_and_those_below_it_and_no_other) {
    auto const ministry = make("Example Ministry");
    auto content_below = content("Example Agency");
    content_below.parent = ministry.id;
    auto const agency = registry->create(content_below, {}, desk).value();
    content_below = content("Example Office");
    content_below.parent = agency.id;
    auto const office = registry->create(content_below, {}, desk).value();
    auto const bank = make("Example Bank");

    auto const reach = registry->reach_of(agency.id).value();
    EXPECT_FALSE(reach.sees_everything());
    EXPECT_EQ(reach.organisations().size(), 2U);
    EXPECT_TRUE(registry->find(office.id, reach).has_value());
    auto const hidden = registry->find(bank.id, reach).error();
    auto const absent = registry->find(OrganisationId::make(clock.now()), everything).error();
    EXPECT_EQ(hidden.fault, absent.fault);
    EXPECT_EQ(hidden.detail, absent.detail);
    EXPECT_EQ(registry->find(ministry.id, reach).error().fault, base::Fault::not_found);
    OrganisationQuery query;
    query.clearance = reach;
    EXPECT_EQ(names(query), (std::vector<std::string>{"Example Agency", "Example Office"}));
    EXPECT_EQ(registry->list(query)->total, 2);
    query.search = "bank";
    EXPECT_EQ(registry->list(query)->total, 0);
    EXPECT_EQ(registry->list({})->total, 0);
}

TEST_P(RegistryTest, tells_the_trail_of_a_large_space_by_number_and_digest) {
    std::vector<std::string> prefixes;
    for (int i = 0; i < 30'000; ++i)
        prefixes.push_back("198." + std::to_string(i / 256) + '.' + std::to_string(i % 256) + ".0/24");
    ASSERT_TRUE(registry->replace_national_space(0, prefixes, {}, desk).has_value());
    auto const entry = journal->list({}).value().items.at(0);
    EXPECT_NE(entry.fact.after.find("\"prefixes\":30000,\"prefixes_sha256\":"), std::string::npos);
}

}  // namespace
