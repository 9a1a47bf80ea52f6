// What an import will do is told before it is done, and then done exactly so, or not at all.

#include <gmock/gmock.h>

#include "registry_house.hpp"

namespace kula::registry {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ImportPreview : public testing::RegistryHouse {
protected:
    ImportReport preview(std::string_view text, ImportFormat format = ImportFormat::csv) {
        return import(format, text, ImportMode::report_only);
    }
    base::Result<ImportReport> apply(std::string_view text, std::string const& foretold) {
        return registry->import_foretold(ImportFormat::csv, text, foretold, importer);
    }
};
KULA_ON_BOTH_DATABASES(ImportPreview);

TEST_P(ImportPreview, tells_field_by_field_what_will_change) {
    ASSERT_EQ(import(ImportFormat::csv,
                     "name,sector,networks,contact_name,contact_email\n"
                     "Example Bank,banking,192.0.2.64/26 bank.example,SOC,soc@bank.example\n")
                  .created,
              1u);
    auto const report = preview(
        "name,sector,networks,contact_name,contact_email,size\n"
        "Example Bank,energy,192.0.2.64/26 198.51.100.0/24,SOC,desk@bank.example,large\n");
    ASSERT_EQ(report.rows.size(), 1u);
    EXPECT_EQ(report.rows[0].outcome, ImportOutcome::updated);
    EXPECT_THAT(
        report.rows[0].changes,
        ElementsAre(FieldChange{"sector", {}, "banking", "energy"}, FieldChange{"size", {}, {}, "large"},
                    FieldChange{"networks", {}, "bank.example", {}}, FieldChange{"networks", {}, {}, "198.51.100.0/24"},
                    FieldChange{"contacts.email", "SOC", "soc@bank.example", "desk@bank.example"}));
    EXPECT_EQ(registry->attribution()->claims().size(), 2u) << "nothing is done yet";
}

TEST_P(ImportPreview, is_done_exactly_so) {
    std::string const text =
        "name,parent,sector\nExample School,Example Ministry,education\nExample Ministry,,"
        "public_administration\nBroken,,nonsense\n";
    auto const report = preview(text);
    EXPECT_EQ(report.created, 2u);
    EXPECT_EQ(report.skipped, 1u);
    EXPECT_THAT(report.rows[0].changes,
                ElementsAre(FieldChange{"name", {}, {}, "Example School"}, FieldChange{"sector", {}, {}, "education"},
                            FieldChange{"parent", {}, {}, "Example Ministry"}));
    auto const done = apply(text, report.foretold);
    ASSERT_TRUE(done.has_value()) << done.error().detail;
    EXPECT_EQ(done->created, 2u);
    EXPECT_EQ(done->skipped, 1u);
    EXPECT_EQ(trail().size(), 2u);
}

TEST_P(ImportPreview, does_nothing_once_anything_it_touches_has_moved_on) {
    auto const bank = make("Example Bank");
    std::string const text = "name,sector\nExample School,education\nExample Bank,banking\n";
    auto const report = preview(text);
    auto changed = bank.content;
    changed.notes = "called";
    ASSERT_TRUE(registry->replace(bank.id, 1, changed, {}, desk).has_value());
    auto const refused = apply(text, report.foretold);
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().fault, base::Fault::conflict);
    EXPECT_EQ(registry->attribution()->size(), 1u) << "all or nothing";
    EXPECT_EQ(apply(text + "More,health\n", report.foretold).error().fault, base::Fault::conflict) << "another file";
    EXPECT_TRUE(apply(text, preview(text).foretold).has_value());
    EXPECT_EQ(preview(text).unchanged, 2u);
}

TEST_P(ImportPreview, foretells_generations_and_circles) {
    std::string const text = "name,parent\nC,B\nB,A\nA,\nX,Y\nY,X\nZ,Z\n";
    auto const report = preview(text);
    EXPECT_EQ(report.created, 3u);
    EXPECT_EQ(report.skipped, 3u);
    EXPECT_TRUE(apply(text, report.foretold).has_value());
}

TEST_P(ImportPreview, foretells_a_parent_that_the_same_file_makes) {
    make("Example School");
    std::string const text = "name,parent\nExample School,Example Ministry\nExample Ministry,\n";
    auto const report = preview(text);
    EXPECT_EQ(report.updated, 1u);
    EXPECT_THAT(report.rows[0].changes, ElementsAre(FieldChange{"parent", {}, {}, "Example Ministry"}));
    EXPECT_TRUE(apply(text, report.foretold).has_value());
    EXPECT_EQ(preview(text).unchanged, 2u);
}

TEST_P(ImportPreview, a_new_sector_takes_the_old_sub_sector_along) {
    ASSERT_EQ(import(ImportFormat::csv, "name,sector,subsector\nA,energy,gas\n").created, 1u);
    auto const report = preview("name,sector\nA,transport\n");
    EXPECT_EQ(report.updated, 1u) << report.rows[0].reason;
    EXPECT_THAT(preview("name,subsector\nA,oil\n").rows[0].changes,
                ElementsAre(FieldChange{"subsector", {}, "gas", "oil"}));
}

TEST_P(ImportPreview, all_that_is_wrong_with_a_row_is_told_and_what_is_passed_over) {
    auto const csv =
        preview("name,size,tlp,networks,contact_name,contact_email,colour\nA,huge,red,x y 192.0.2.1,SOC,nobody,blue\n");
    EXPECT_EQ(csv.rows[0].reason,
              "size: is none of micro, small, medium and large; networks: entry 1 is neither an "
              "address, a prefix, an AS number, a domain nor a country; networks: entry 2 is neither an address, a "
              "prefix, an AS number, a domain nor a country; "
              "tlp: an organisation is at most TLP:AMBER+STRICT; contact_email: is no mail address");
    EXPECT_EQ(csv.rows[0].problems.size(), 5u);
    EXPECT_THAT(csv.unknown_columns, ElementsAre("colour"));
    auto const json = preview(R"json([{"name": "", "size": 7, "networks": ["x", {"kind": "as", "value": 1}],
        "contacts": [{"email": "nobody", "nick": "x"}, 7], "id": "1"}, 7])json",
                              ImportFormat::json);
    EXPECT_EQ(json.rows[0].reason,
              "size: is no text; networks[0]: is neither an address, a prefix, an AS number, a domain nor a country; "
              "networks[1].value: is no text; "
              "contacts[1]: is no object; name: is empty; contacts[0].name: is empty; "
              "contacts[0].email: is no mail address; contacts[1].name: is empty");
    EXPECT_EQ(json.rows[1].reason, "is no object");
    EXPECT_THAT(json.unknown_columns, ElementsAre("id", "contacts[0].nick"));
    EXPECT_EQ(json.read, 2u);
}

TEST_P(ImportPreview, every_new_column_and_member_is_read) {
    auto const csv = preview(
        "name,size,entity_class,entity_class_reason,languages,contact_name,contact_role,contact_languages,"
        "contact_round_the_clock,contact_pgp_key\n"
        "A,Medium,important,Article 3(2),mk sq,SOC,duty,sq mk,yes,nonsense\n"
        "B,Medium,important,Article 3(2),mk sq,SOC,duty,sq mk,yes,\n");
    EXPECT_EQ(csv.rows[0].reason, "contact_pgp_key: is no single OpenPGP public key block");
    EXPECT_EQ(csv.rows[1].outcome, ImportOutcome::created);
    EXPECT_THAT(csv.unknown_columns, IsEmpty());
    auto const json = preview(R"json([{"name": "A", "size": "medium", "entity_class": "important",
        "entity_class_reason": "Article 3(2)", "languages": ["mk", "sq"], "networks": [],
        "contacts": [{"name": "SOC", "role": "duty", "languages": ["sq"], "round_the_clock": true}]},
        {"name": "B", "size": "huge"}, {"name": "C", "contacts": [{"name": "D", "role": "king"}]}])json",
                              ImportFormat::json);
    EXPECT_EQ(json.rows[0].outcome, ImportOutcome::created) << json.rows[0].reason;
    EXPECT_EQ(json.rows[1].reason, "size: is none of micro, small, medium and large");
    EXPECT_EQ(json.rows[2].reason, "contacts[0].role: is no known role");
}

}  // namespace
}  // namespace kula::registry
