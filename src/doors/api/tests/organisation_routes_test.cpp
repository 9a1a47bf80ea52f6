#include <gmock/gmock.h>

#include "house.hpp"
#include "seals_testing/example_key.hpp"

namespace kula::api {
namespace {

using net::Method;
using ::testing::ElementsAre;
using testing::House;
using testing::Plain;

struct Organisations : House {
    std::string const all = "/api/v1/organisations";

    std::vector<std::string> names(testing::Query const& query) { return texts_of("name", all, query); }
};

TEST_F(Organisations, live_from_post_to_delete) {
    auto wanted = organisation("Example School Riverside", {prefix("192.0.2.128/26")});
    auto const made = send(Method::post, all, wanted);
    ASSERT_EQ(made.status, 201) << made.text;
    auto const path = all + '/' + made.json.at("id").get<std::string>();
    EXPECT_EQ(made.headers.find("Location"), path);
    EXPECT_EQ(made.headers.find("ETag"), "\"1\"");

    EXPECT_EQ(send(Method::put, path, wanted).status, 428);
    wanted["notes"] = "called";
    auto const changed = send(Method::put, path, wanted, {{"If-Match", "\"1\""}});
    EXPECT_EQ(changed.status, 200);
    EXPECT_EQ(changed.json.at("notes"), "called");
    EXPECT_EQ(changed.json.at("version"), 2);
    EXPECT_EQ(send(Method::put, path, wanted, {{"If-Match", "\"1\""}}).status, 412);
    EXPECT_EQ(send(Method::post, all, wanted).status, 409) << "the name is taken";

    EXPECT_EQ(checked("delete", ask(Method::remove, path)).status, 428);
    EXPECT_EQ(checked("delete", ask(Method::remove, path, {}, {}, {{"If-Match", "\"1\""}})).status, 412);
    EXPECT_EQ(checked("delete", ask(Method::remove, path, {}, {}, {{"If-Match", "\"2\""}})).status, 204);
    EXPECT_EQ(get(path).status, 404);
    EXPECT_EQ(checked("delete", ask(Method::remove, path, {}, {}, {{"If-Match", "\"2\""}})).status, 404);
}

TEST_F(Organisations, have_contacts_that_one_click_confirms) {
    auto const team = [this] { return token_with({"organisations.read", "organisations.write", "contacts.confirm"}); };
    auto wanted = organisation("Example School Riverside");
    wanted["contacts"] = Plain::array({Plain{{"name", "Head"}, {"role", "management"}}});
    auto const id = send(Method::post, all, wanted).json.at("id").get<std::string>();
    auto const deed = all + '/' + id + "/contacts/confirmation";
    add_organisation("Example Museum");  // Without contacts it is never due.
    EXPECT_THAT(names({{"contacts", "due"}}), ElementsAre());

    clock.advance(std::chrono::days(100));
    token = team();
    EXPECT_THAT(names({{"contacts", "due"}}), ElementsAre("Example School Riverside"));
    EXPECT_THAT(names({{"contacts", "team"}}), ElementsAre());
    EXPECT_EQ(get(all + '/' + id).json.at("contacts_freshness"), "due");
    EXPECT_TRUE(get(all + '/' + id).json.at("contacts_asked_at").is_null());
    auto const stale = registry->stale_contacts().value().at(0);
    auto const asked = database->write(storage::Priority::bulk, [&](storage::Session& session) {
        return registry->asked_about_contacts(session, stale, registry::Freshness::above, "message:1",
                                              {"system:rounds"});
    });
    EXPECT_TRUE(asked.value());
    EXPECT_EQ(get(all + '/' + id).json.at("contacts_asked_at"), base::to_seconds_text(clock.now()));
    EXPECT_EQ(get(all + '/' + id).json.at("contacts_freshness"), "above");
    clock.advance(std::chrono::days(30));
    token = team();
    EXPECT_THAT(names({{"contacts", "team"}, {"sort", "-sightings"}}), ElementsAre("Example School Riverside"));
    EXPECT_EQ(get(all, {{"contacts", "fresh"}}).status, 422);

    EXPECT_EQ(send(Method::post, deed, Plain::object()).status, 428);
    EXPECT_EQ(send(Method::post, deed, Plain::object(), {{"If-Match", "\"2\""}}).status, 412);
    auto const done = send(Method::post, deed, Plain::object(), {{"If-Match", "\"1\""}});
    ASSERT_EQ(done.status, 200) << done.text;
    EXPECT_EQ(done.json.at("contacts_freshness"), "fresh");
    EXPECT_EQ(done.json.at("version"), 1);
    EXPECT_THAT(names({{"contacts", "due"}}), ElementsAre());
}

TEST_F(Organisations, confirm_their_own_contacts_and_nobody_elses) {
    auto wanted = organisation("Example Bank Hilltop");
    wanted["contacts"] = Plain::array({Plain{{"name", "Desk"}, {"role", "security"}}});
    auto const bank = send(Method::post, all, wanted).json.at("id").get<std::string>();
    auto const school = add_organisation("Example School Riverside");
    auto const confirm = [&](std::string const& id) {
        return send(Method::post, all + '/' + id + "/contacts/confirmation", Plain::object(), {{"If-Match", "\"1\""}});
    };
    token = token_with({"organisations.read", "contacts.confirm"}, base::Uuid::parse(bank));
    EXPECT_EQ(confirm(bank).status, 200);
    EXPECT_EQ(confirm(school).status, 404);
    token = token_with({"organisations.read", "contacts.confirm"}, base::Uuid::parse(school));
    EXPECT_EQ(confirm(school).status, 409) << "there are none";
    token = token_with({"organisations.read"}, base::Uuid::parse(bank));
    EXPECT_EQ(confirm(bank).status, 403);
}

TEST_F(Organisations, may_not_take_anothers_name_by_replacing) {
    add_organisation("One");
    auto const two = add_organisation("Two");
    EXPECT_EQ(send(Method::put, all + '/' + two, organisation("one"), {{"If-Match", "\"1\""}}).status, 409);
}

TEST_F(Organisations, what_is_wrong_with_one_is_named_field_by_field) {
    auto const answer = send(Method::post, all,
                             {{"name", 7},
                              {"tlp", "purple"},
                              {"networks", {{{"kind", "prefix"}, {"value", "not one"}}, "x"}},
                              {"contacts", {{{"name", "A"}, {"role", "king"}, {"email", nullptr}}}}});
    ASSERT_EQ(answer.status, 422);
    std::set<std::string> fields;
    for (auto const& error : answer.json.at("errors")) fields.insert(error.at("field").get<std::string>());
    EXPECT_EQ(fields, (std::set<std::string>{"name", "tlp", "networks[0].value", "networks[1]", "contacts[0].role"}));

    auto const deeper = send(Method::post, all,
                             {{"name", "A"},
                              {"networks", Plain::array()},
                              {"contacts", {{{"name", "A"}, {"role", "security"}, {"email", "no address"}}}}});
    ASSERT_EQ(deeper.status, 422) << deeper.text;
    EXPECT_EQ(deeper.json.at("errors").at(0).at("field"), "contacts[0].email");
}

TEST_F(Organisations, claim_countries_by_their_code) {
    auto const claiming = [](std::string const& name, std::string const& code) {
        return organisation(name, Plain::array({Plain{{"kind", "country"}, {"value", code}}}));
    };
    auto const made = send(Method::post, all, claiming("Example CSIRT", "country:qn"));
    ASSERT_EQ(made.status, 201) << made.text;
    EXPECT_EQ(made.json.at("networks"), Plain::array({Plain{{"kind", "country"}, {"value", "QN"}}}));
    auto const nowhere = send(Method::post, all, claiming("Example Office", "EU"));
    EXPECT_EQ(nowhere.status, 422);
    EXPECT_EQ(nowhere.json.at("errors").at(0).at("field"), "networks[0].value");
    add_organisation("A", Plain::array({prefix("192.0.2.0/28")}));
    EXPECT_THAT(texts_of("value", "/api/v1/networks", {{"kind", "country"}}), ElementsAre("QN"));
    EXPECT_THAT(texts_of("value", "/api/v1/networks", {{"search", "country:QN"}}), ElementsAre("QN"));
    EXPECT_THAT(texts_of("value", "/api/v1/networks", {{"address", "192.0.2.1"}}), ElementsAre("192.0.2.0/28"));
    auto const first = get("/api/v1/networks", {{"sort", "-network"}, {"limit", "1"}}).json;
    EXPECT_EQ(first.at("items").at(0).at("value"), "QN");
    auto const second =
        get("/api/v1/networks", {{"sort", "-network"}, {"limit", "1"}, {"cursor", first.at("next").get<std::string>()}})
            .json;
    EXPECT_EQ(second.at("items").at(0).at("value"), "192.0.2.0/28") << "the cursor finds a country again";
}

TEST_F(Organisations, are_made_from_json_only) {
    EXPECT_EQ(ask(Method::post, all, {}, "{}", {{"Content-Type", "text/plain"}}).status, 415);
    EXPECT_EQ(ask(Method::post, all, {}, "{}").status, 415);
    EXPECT_EQ(ask(Method::post, all, {}, "{", {{"Content-Type", "application/json"}}).status, 422);
    EXPECT_EQ(ask(Method::post, all, {}, "[]", {{"Content-Type", "application/json"}}).status, 422);
    EXPECT_EQ(ask(Method::post, all, {}, std::string(100'000, '['), {{"Content-Type", "application/json"}}).status,
              422);
    EXPECT_EQ(ask(Method::post, all, {}, "{\"name\":\"\xff\"}", {{"Content-Type", "application/json"}}).status, 422);
}

TEST_F(Organisations, are_listed_by_name_and_by_what_was_seen) {
    auto const a = add_organisation("A", {prefix("192.0.2.0/28")});
    add_organisation("B", {prefix("192.0.2.16/28")});
    add_organisation("C", {prefix("192.0.2.32/28")});
    add_organisation("D");
    see({observation("198.51.100.7", "192.0.2.1", 5), observation("198.51.100.7", "192.0.2.17", 9),
         observation("198.51.100.8", "192.0.2.1", 1)});
    for (auto const* limit : {"1", "2", "50"}) {
        EXPECT_THAT(names({{"limit", limit}}), ElementsAre("A", "B", "C", "D"));
        EXPECT_THAT(names({{"sort", "-name"}, {"limit", limit}}), ElementsAre("D", "C", "B", "A"));
        EXPECT_THAT(names({{"sort", "-sightings"}, {"limit", limit}}), ElementsAre("A", "B", "C", "D"));
        EXPECT_THAT(names({{"sort", "-flows"}, {"limit", limit}}), ElementsAre("B", "A", "C", "D"));
        EXPECT_THAT(names({{"sort", "flows"}, {"limit", limit}}), ElementsAre("C", "D", "A", "B"));
    }
    auto const one = get(all + '/' + a).json;
    EXPECT_EQ(one.at("sightings_24h"), 2);
    EXPECT_EQ(one.at("flows_24h"), 6);
    EXPECT_EQ(one.at("last_sighted"), "2026-11-21T10:20:30Z");
}

TEST_F(Organisations, without_a_sector_are_found_by_none) {
    add_organisation("With");
    auto without = organisation("Without");
    without["sector"] = nullptr;
    EXPECT_EQ(send(Method::post, all, without).status, 201);
    EXPECT_THAT(names({{"sector", "none"}}), ElementsAre("Without"));
    EXPECT_THAT(names({{"sector", "health"}}), ElementsAre("With"));
    EXPECT_EQ(get("/api/v1/organisations", {{"sector", "nosuch"}}).status, 422);
}

TEST_F(Organisations, a_cursor_belongs_to_its_query) {
    for (auto const* name : {"A", "B", "C"}) add_organisation(name);
    auto const next = get(all, {{"limit", "1"}, {"sort", "-flows"}}).json.at("next").get<std::string>();
    EXPECT_EQ(get(all, {{"limit", "1"}, {"sort", "flows"}, {"cursor", next}}).status, 422);
    for (auto const* cursor : {"x", "00", "seen", "🙂"}) {
        EXPECT_EQ(get(all, {{"sort", "-flows"}, {"cursor", cursor}}).status, 422) << cursor;
        EXPECT_EQ(get(all, {{"cursor", cursor}}).status, 422) << cursor;
    }
}

TEST_F(Organisations, are_imported_with_a_report) {
    std::string const csv = "name,sector,networks\nExample Bank,banking,192.0.2.64/26\nBroken,banking,nonsense\n";
    auto const import = [&](testing::Query query, std::string const& type, std::string const& body) {
        return checked("post", ask(Method::post, all + "/import", std::move(query), body, {{"Content-Type", type}}));
    };
    auto const tried = import({{"dry_run", "true"}}, "text/csv; charset=utf-8", csv).json;
    EXPECT_EQ(tried.at("created"), 1);
    EXPECT_EQ(get(all).json.at("total"), 0) << "only tried";
    auto const done = import({}, "text/csv", csv).json;
    EXPECT_EQ(done.at("skipped"), 1);
    EXPECT_EQ(done.at("rows").at(0).at("outcome"), "skipped");
    EXPECT_EQ(done.at("rows").at(0).at("line"), 3);
    EXPECT_EQ(done.at("rows").at(1).at("outcome"), "created");
    EXPECT_EQ(import({}, "application/json", Plain::array({organisation("Example School")}).dump()).json.at("created"),
              1);
    auto const lines = import({}, "application/jsonl", organisation("Example Power").dump() + "\nnonsense\n").json;
    EXPECT_EQ(lines.at("created"), 1);
    EXPECT_EQ(lines.at("rows").at(0).at("line"), 2);
    EXPECT_EQ(import({}, "text/plain", csv).status, 415);
    EXPECT_EQ(import({{"dry_run", "perhaps"}}, "text/csv", csv).status, 422);

    EXPECT_EQ(tried.at("rows").at(1).at("changes").at(0),
              (Plain{{"field", "name"}, {"of", nullptr}, {"before", nullptr}, {"after", "Example Bank"}}));
    EXPECT_TRUE(tried.at("rows").at(0).at("changes").empty()) << "what is skipped changes nothing";
    auto const preview =
        import({{"dry_run", "true"}}, "text/csv", "name,networks\nexample bank,192.0.2.0/26\nExample School,\n").json;
    EXPECT_EQ(preview.at("rows").at(0).at("outcome"), "updated");
    EXPECT_EQ(preview.at("rows").at(0).at("changes").at(2),
              (Plain{{"field", "networks"}, {"of", nullptr}, {"before", nullptr}, {"after", "192.0.2.0/26"}}));
    EXPECT_EQ(preview.at("rows").at(1).at("outcome"), "unchanged");
    EXPECT_TRUE(preview.at("rows").at(1).at("changes").empty());
}

TEST_F(Organisations, are_imported_as_foretold_or_not_at_all) {
    std::string const csv = "name,sector\nExample Bank,banking\n";
    auto const import = [&](testing::Query query) {
        return checked("post",
                       ask(Method::post, all + "/import", std::move(query), csv, {{"Content-Type", "text/csv"}}));
    };
    auto const told = import({{"dry_run", "true"}}).json;
    EXPECT_EQ(told.at("rows").at(0).at("changes").at(0).at("after"), "Example Bank");
    auto const foretold = told.at("foretold").get<std::string>();
    add_organisation("Example Bank");
    EXPECT_EQ(import({{"foretold", foretold}}).status, 409);
    EXPECT_EQ(import({{"foretold", foretold}, {"dry_run", "true"}}).status, 422);
    auto const again = import({{"dry_run", "true"}}).json;
    EXPECT_EQ(again.at("rows").at(0).at("changes").at(0).at("field"), "sector");
    EXPECT_EQ(import({{"foretold", again.at("foretold").get<std::string>()}}).json.at("updated"), 1);
}

TEST_F(Organisations, tell_what_they_are_and_what_their_contacts_keys_say) {
    auto wanted = organisation("Example Bank");
    wanted["sector"] = "digital_infrastructure";
    wanted["subsector"] = "dns";
    wanted["size"] = "small";
    wanted["entity_class"] = "essential";
    wanted["languages"] = {"mk", "sq"};
    auto const refused = send(Method::post, all, wanted);
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.json.at("errors").at(0).at("field"), "entity_class_reason");
    wanted["entity_class_reason"] = "Article 3(1)(b)";
    wanted["contacts"] = {{{"name", "SOC"},
                           {"role", "duty"},
                           {"email", "other@bank.example"},
                           {"round_the_clock", true},
                           {"languages", Plain::array({"sq"})},
                           {"pgp_key", seals::testing::example_key}}};
    auto const made = send(Method::post, all, wanted);
    ASSERT_EQ(made.status, 201) << made.text;
    EXPECT_EQ(made.json.at("subsector"), "dns");
    auto const& contact = made.json.at("contacts").at(0);
    EXPECT_EQ(contact.at("round_the_clock"), true);
    auto const& facts = contact.at("pgp");
    EXPECT_EQ(facts.at("fingerprint"), seals::testing::example_fingerprint);
    EXPECT_EQ(facts.at("state"), "valid");
    EXPECT_EQ(facts.at("names_email"), false) << "the key is somebody else's";
    EXPECT_TRUE(contact.at("smime").is_null());

    EXPECT_THAT(names({{"size", "small"}}), ElementsAre("Example Bank"));
    EXPECT_THAT(names({{"size", "large"}}), ElementsAre());
    EXPECT_THAT(names({{"entity_class", "undecided"}}), ElementsAre());
    EXPECT_EQ(get(all, {{"entity_class", "perhaps"}}).status, 422);
    auto const facets = get(all).json.at("facets");
    EXPECT_EQ(facets.at("size").at(0).at("value"), "small");
    EXPECT_EQ(facets.at("size").at(0).at("count"), 1);

    wanted["contacts"][0]["pgp_key"] = "0xDEADBEEF";
    auto const broken =
        send(Method::put, all + '/' + made.json.at("id").get<std::string>(), wanted, {{"If-Match", "\"1\""}});
    EXPECT_EQ(broken.json.at("errors").at(0).at("field"), "contacts[0].pgp_key");
}

TEST_F(Organisations, are_given_a_class_that_a_person_may_take_or_not) {
    auto const suggested = [&](testing::Query query) {
        return get("/api/v1/sectors/suggested-class", std::move(query)).json;
    };
    EXPECT_EQ(suggested({{"sector", "health"}, {"size", "large"}}),
              (Plain{{"entity_class", "essential"}, {"basis", "3(1)(a)"}}));
    EXPECT_TRUE(suggested({{"sector", "health"}}).at("basis").is_null());
    EXPECT_EQ(get("/api/v1/sectors/suggested-class", {{"size", "huge"}}).status, 422);
    EXPECT_GT(get("/api/v1/contact-roles").json.at("items").size(), 4u);
}

TEST_F(Organisations, tell_their_contacts_page_by_page_whatever_comes_and_goes) {
    auto const make = [&](std::string const& name, std::vector<std::string> const& people) {
        auto wanted = organisation(name);
        for (auto const& each : people) wanted["contacts"].push_back({{"name", each}, {"role", "security"}});
        return send(Method::post, all, wanted).json.at("id").get<std::string>();
    };
    std::vector<std::string> told;
    Plain next = nullptr;
    auto const page = [&] {
        testing::Query query{{"limit", "2"}};
        if (!next.is_null()) query.push_back({"cursor", next.get<std::string>()});
        auto const json = get("/api/v1/contacts", query).json;
        for (auto const& contact : json.at("items")) told.push_back(contact.at("name").get<std::string>());
        next = json.at("next");
    };
    auto const first = make("B", {"b1", "b2", "b3"});
    make("D", {});
    make("E", {"e1"});
    make("F", {"f1", "f2"});
    page();
    make("A", {"a1"});
    make("C", {"c1"});
    page();
    EXPECT_EQ(ask(Method::remove, all + '/' + first, {}, {}, {{"If-Match", "\"1\""}}).status, 204);
    page();
    page();
    EXPECT_THAT(told, ElementsAre("b1", "b2", "a1", "b3", "c1", "e1", "f1", "f2"))
        << "what came before the organisation that a page broke off in is told as well";
    EXPECT_TRUE(next.is_null());
}

TEST_F(Organisations, removed_ones_leave_their_sightings_unattributed) {
    auto const id = add_organisation("A", {prefix("192.0.2.0/28")});
    see({observation("198.51.100.7", "192.0.2.1")});
    EXPECT_EQ(get("/api/v1/sightings").json.at("items").at(0).at("organisation").at("name"), "A");
    EXPECT_EQ(ask(Method::remove, all + '/' + id, {}, {}, {{"If-Match", "\"1\""}}).status, 204);
    EXPECT_TRUE(get("/api/v1/sightings").json.at("items").at(0).at("organisation").is_null());
    EXPECT_EQ(get("/api/v1/sightings", {{"organisation", "none"}}).json.at("totals").at("sightings"), 1);
}

TEST_F(Organisations, contacts_are_listed_over_all_of_them) {
    auto const contact = [](std::string const& name, std::string const& role) {
        return Plain{{"name", name},
                     {"role", role},
                     {"email", nullptr},
                     {"phone", "+389 2 555 0100"},
                     {"languages", Plain::array({"mk"})}};
    };
    auto bank = organisation("Bank");
    bank["contacts"] = {contact("Desk", "security"), contact("Head", "management"), contact("Night desk", "security")};
    auto power = organisation("Power");
    power["contacts"] = {contact("Grid desk", "security")};
    add_organisation("Nobody");
    auto const own = send(Method::post, all, bank).json.at("id").get<std::string>();
    ASSERT_EQ(send(Method::post, all, power).status, 201);

    auto const found = [&](testing::Query const& query) {
        std::vector<std::string> out;
        for (auto const& item : whole_list("/api/v1/contacts", query))
            out.push_back(item.at("organisation").at("name").get<std::string>() + ": " +
                          item.at("name").get<std::string>());
        return out;
    };
    for (auto const* limit : {"1", "2", "3", "4", "50"}) {
        EXPECT_THAT(found({{"limit", limit}}),
                    ElementsAre("Bank: Desk", "Bank: Head", "Bank: Night desk", "Power: Grid desk"));
        EXPECT_THAT(found({{"limit", limit}, {"role", "security"}}),
                    ElementsAre("Bank: Desk", "Bank: Night desk", "Power: Grid desk"));
    }
    for (auto const* limit : {"1", "2", "50"}) {
        EXPECT_THAT(found({{"limit", limit}, {"sort", "-organisation"}}),
                    ElementsAre("Power: Grid desk", "Bank: Desk", "Bank: Head", "Bank: Night desk"));
    }
    EXPECT_THAT(found({{"search", "power"}}), ElementsAre("Power: Grid desk"));
    EXPECT_EQ(get("/api/v1/contacts", {{"sort", "role"}}).status, 422);
    auto const cursor = get("/api/v1/contacts", {{"limit", "1"}}).json.at("next").get<std::string>();
    EXPECT_EQ(get("/api/v1/contacts", {{"role", "legal"}, {"cursor", cursor}}).status, 422);
    token = token_with({"organisations.read"}, base::Uuid::parse(own));
    EXPECT_THAT(found({}), ElementsAre("Bank: Desk", "Bank: Head", "Bank: Night desk"));
}

TEST_F(Organisations, are_rows_of_the_import_s_table) {
    auto bank = organisation("Bank", {prefix("192.0.2.0/26"), prefix("198.51.100.0/24")});
    bank["notes"] = "for the team";
    bank["contacts"] = {{{"name", "Desk"}, {"role", "security"}, {"email", "desk@bank.example"}, {"phone", nullptr}},
                        {{"name", "Head"}, {"role", "management"}, {"email", nullptr}, {"phone", "+389 2 555 0100"}}};
    auto const own = send(Method::post, all, bank).json.at("id").get<std::string>();
    ASSERT_EQ(
        ask(Method::post, all + "/import", {}, "name,parent\nSchool,Bank\n", {{"Content-Type", "text/csv"}}).status,
        200);
    for (auto const* limit : {"1", "2", "50"}) {
        auto const rows = whole_list(all + "/rows", {{"limit", limit}});
        ASSERT_EQ(rows.size(), 3u);
        EXPECT_EQ(rows[0].at("networks"), "192.0.2.0/26 198.51.100.0/24");
        EXPECT_EQ(rows[0].at("contact_name"), "Desk");
        EXPECT_EQ(rows[0].at("notes"), "for the team");
        EXPECT_EQ(rows[1].at("name"), "Bank");
        EXPECT_TRUE(rows[1].at("networks").is_null()) << "told by the first row";
        EXPECT_EQ(rows[1].at("contact_phone"), "+389 2 555 0100");
        EXPECT_EQ(rows[2].at("parent"), "Bank");
        EXPECT_TRUE(rows[2].at("contact_role").is_null());
    }
    token = token_with({"organisations.read"}, base::Uuid::parse(own));
    EXPECT_EQ(get(all + "/rows").status, 403) << "with the team's notes, for those who import";
}

struct Networks : House {
    std::vector<std::string> values(testing::Query const& query) {
        return texts_of("value", "/api/v1/networks", query);
    }
};

TEST_F(Networks, are_listed_with_their_claims_and_conflicts) {
    add_organisation("Болница",
                     {prefix("192.0.2.0/24"), prefix("198.51.100.0/24"), {{"kind", "as"}, {"value", "AS64500"}}});
    add_organisation(
        "Bank", {prefix("192.0.2.0/24"), prefix("192.0.2.128/25"), {{"kind", "domain"}, {"value", "bank.example"}}});
    for (auto const* limit : {"1", "2", "500"}) {
        EXPECT_THAT(values({{"limit", limit}}),
                    ElementsAre("192.0.2.0/24", "192.0.2.128/25", "198.51.100.0/24", "AS64500", "bank.example"));
        EXPECT_THAT(values({{"address", "192.0.2.200"}, {"limit", limit}}),
                    ElementsAre("192.0.2.128/25", "192.0.2.0/24"));
        EXPECT_THAT(values({{"search", "bank"}, {"limit", limit}}),
                    ElementsAre("192.0.2.0/24", "192.0.2.128/25", "bank.example"));
    }
    for (auto const* limit : {"1", "2", "500"}) {
        EXPECT_THAT(values({{"limit", limit}, {"sort", "-network"}}),
                    ElementsAre("bank.example", "AS64500", "198.51.100.0/24", "192.0.2.128/25", "192.0.2.0/24"));
        EXPECT_THAT(values({{"address", "192.0.2.200"}, {"limit", limit}, {"sort", "-network"}}),
                    ElementsAre("192.0.2.0/24", "192.0.2.128/25"));
    }
    EXPECT_EQ(get("/api/v1/networks", {{"sort", "length"}}).status, 422);
    EXPECT_THAT(values({{"conflict", "true"}}), ElementsAre("192.0.2.0/24"));
    EXPECT_THAT(values({{"kind", "as"}}), ElementsAre("AS64500"));
    EXPECT_THAT(values({{"search", "болница"}}), ElementsAre("192.0.2.0/24", "198.51.100.0/24", "AS64500"));
    auto const conflict = get("/api/v1/networks", {{"conflict", "true"}}).json.at("items").at(0);
    EXPECT_EQ(conflict.at("organisations").size(), 2u);
    auto const cursor = get("/api/v1/networks", {{"limit", "1"}}).json.at("next").get<std::string>();
    EXPECT_EQ(get("/api/v1/networks", {{"conflict", "true"}, {"cursor", cursor}}).status, 422);
}

TEST_F(Networks, the_national_space_is_replaced_by_who_read_it) {
    std::string const path = "/api/v1/national-space";
    auto const empty = ask(Method::get, path);
    EXPECT_EQ(empty.headers.find("ETag"), "\"0\"");
    Plain const space{{"prefixes", {"192.0.2.0/24", "2001:db8::/32"}}, {"as_numbers", {64500}}};
    EXPECT_EQ(send(Method::put, path, space).status, 428);
    auto const told = send(Method::put, path, space, {{"If-Match", "\"0\""}});
    EXPECT_EQ(told.status, 200) << told.text;
    EXPECT_EQ(told.json.at("version"), 1);
    EXPECT_EQ(send(Method::put, path, space, {{"If-Match", "\"0\""}}).status, 412);
    auto const wrong = send(Method::put, path, {{"prefixes", {"x"}}, {"as_numbers", {-1}}}, {{"If-Match", "\"1\""}});
    EXPECT_EQ(wrong.status, 422) << wrong.text;
    EXPECT_EQ(get(path).json.at("prefixes"), space.at("prefixes"));
}

TEST_F(Networks, sectors_have_labels_in_every_language) {
    auto const sectors = get("/api/v1/sectors").json.at("items");
    EXPECT_GT(sectors.size(), 5u);
}

}  // namespace
}  // namespace kula::api
