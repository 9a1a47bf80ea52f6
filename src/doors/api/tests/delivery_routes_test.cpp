// Deliveries, their quarantine and mappings at the doors: the team's alone, and as the contract says.

#include "house.hpp"

namespace kula::api::testing {
namespace {

using net::Method;
constexpr auto json_body = "application/json";

class DeliveryRoutes : public House {
protected:
    Answer post(std::string const& path, Plain const& body) {
        return checked("post", ask(Method::post, path, {}, body.dump(), {{"Content-Type", json_body}}));
    }
    Answer get(std::string const& path, Query query = {}) {
        return checked("get", ask(Method::get, path, std::move(query)));
    }
    static std::string field_of(Answer const& answer) {
        return answer.json.at("errors").at(0).at("field").get<std::string>();
    }
    std::string const all = "/api/v1/deliveries";
    std::string const broken = "source.ip,mood\n192.0.2.1,good\nno,bad\n\xff,x\n";
};

TEST_F(DeliveryRoutes, list_what_came_and_what_became_of_it) {
    auto const id = deliver(broken);
    deliver("source.ip\n192.0.2.2\n", "other.csv");
    auto const page = get(all, {{"set_aside", "true"}});
    ASSERT_EQ(page.json.at("items").size(), 1u);
    auto const& delivery = page.json.at("items").at(0);
    EXPECT_EQ(delivery.at("id"), id);
    EXPECT_EQ(delivery.at("rows"), 3);
    EXPECT_EQ(delivery.at("quarantined"), 2);
    EXPECT_EQ(page.json.at("totals").at("quarantined"), 2);
    EXPECT_EQ(get(all, {{"search", "OTHER"}}).json.at("items").size(), 1u);
    EXPECT_EQ(get(all + "/sources").json.at("items").size(), 1u);
    auto const first = get(all, {{"limit", "1"}, {"sort", "rows"}});
    auto const second =
        get(all, {{"limit", "1"}, {"sort", "rows"}, {"cursor", first.json.at("next").get<std::string>()}});
    EXPECT_NE(first.json.at("items").at(0).at("id"), second.json.at("items").at(0).at("id"));
    EXPECT_EQ(get(all, {{"state", "lost"}}).status, 422);
    EXPECT_EQ(get(all, {{"sort", "colour"}}).status, 422);
}

TEST_F(DeliveryRoutes, show_a_delivery_with_its_quarantine_and_its_bytes) {
    auto const one = all + '/' + deliver(broken, "\"report\" \xd0\xb0.csv");
    auto const detail = get(one);
    EXPECT_EQ(detail.json.at("mapping").at("name"), "csv");
    EXPECT_EQ(detail.json.at("preview").at("lines").at(3), "ÿ,x");
    auto const first = get(one + "/quarantine", {{"limit", "1"}});
    EXPECT_EQ(first.json.at("items").at(0).at("raw"), "no,bad");
    auto const cursor = first.json.at("next").get<std::string>();
    auto const rest = get(one + "/quarantine", {{"cursor", cursor}});
    ASSERT_EQ(rest.json.at("items").size(), 1u);
    EXPECT_TRUE(rest.json.at("next").is_null());
    EXPECT_EQ(get(all + '/' + deliver("x\n1\n") + "/quarantine", {{"cursor", cursor}}).status, 422) << "of another one";
    auto const raw = get(one + "/raw");
    EXPECT_EQ(raw.status, 200);
    EXPECT_EQ(*raw.headers.find("Content-Type"), "application/octet-stream");
    EXPECT_EQ(*raw.headers.find("Content-Disposition"),
              "attachment; filename=\"_report_ __.csv\"; filename*=UTF-8''%22report%22%20%D0%B0.csv");
    EXPECT_EQ(raw.parts.next(), broken);
    EXPECT_EQ(raw.parts.next(), std::nullopt);
    EXPECT_EQ(journal->list({.deed = "delivery.taken_out"})->items.size(), 1u);
    EXPECT_EQ(get(all + "/01930b2e-6c00-7000-8000-00000000ffff").status, 404);
}

TEST_F(DeliveryRoutes, read_again_what_is_set_aside_by_a_mended_mapping) {
    auto const id = deliver(broken);
    auto const again = all + '/' + id + "/read-again";
    auto const faulty = post(again, {{"mapping", R"({"name": "x", "reads": {"form": "csv"}, "columns": {"a": "b"}})"}});
    EXPECT_EQ(faulty.status, 422);
    EXPECT_EQ(field_of(faulty), "mapping.columns.a");
    EXPECT_EQ(field_of(post(again, {{"mapping", 7}})), "mapping");
    Plain const mended{
        {"mapping", R"({"name": "mended", "reads": {"form": "csv"}, "columns": {"source.ip": "source.ip"}})"}};
    auto const begun = post(again, mended);
    EXPECT_EQ(begun.status, 202);
    EXPECT_EQ(begun.json.at("state"), "stored");
    EXPECT_EQ(post(again, Plain::object()).status, 409);
    EXPECT_EQ(opened(intake_room->go_on({})), 1u);
    auto const after = get(all + '/' + id).json.at("delivery");
    EXPECT_EQ(after.at("state"), "read");
    EXPECT_EQ(after.at("quarantined"), 0);
    EXPECT_EQ(after.at("rows"), after.at("accepted").get<int>() + after.at("duplicates").get<int>());
    EXPECT_EQ(post(again, mended).status, 409) << "nothing is set aside any more";
}

TEST_F(DeliveryRoutes, are_for_nobody_outside_the_team) {
    auto const one = all + '/' + deliver(broken);
    auto const organisation = base::Uuid::v7(clock.now());
    EXPECT_THROW(token_with({"deliveries.read"}, organisation), std::runtime_error) << "no such token can be made";
    token = token_with({"sightings.read"}, organisation);
    for (auto const& path : {all, all + "/sources", one, one + "/quarantine", one + "/raw"})
        EXPECT_EQ(ask(Method::get, path).status, 403) << path;
}

TEST_F(DeliveryRoutes, try_a_mapping_on_a_sample_and_keep_nothing) {
    auto const path = std::string("/api/v1/mappings/try");
    Plain const asked{
        {"mapping", R"({"name": "x", "reads": {"form": "csv"}, "needed": ["ip"], "columns": {"ip": "source.ip"}})"},
        {"sample", "ip,mood\n192.0.2.1,good\nno,bad\n"}};
    auto const trial = post(path, asked);
    EXPECT_EQ(trial.status, 200);
    EXPECT_EQ(trial.json.at("rows"), 2);
    EXPECT_EQ(trial.json.at("quarantined"), 1);
    EXPECT_EQ(trial.json.at("new_columns"), Plain::array({"mood"}));
    EXPECT_EQ(trial.json.at("items").at(0).at("events").at(0).at("source.ip"), "192.0.2.1");
    EXPECT_EQ(trial.json.at("items").at(1).at("reason"), "ip: is missing or cannot be read");
    EXPECT_EQ(opened(intake_room->totals(base::Clearance::everything())).deliveries, 0u);
    auto const known = post(path, {{"file", "2026-01-31-scan_dns-example.csv"}, {"sample", "timestamp,ip\n"}});
    EXPECT_EQ(known.json.at("mapping"), "shadowserver/scan_dns");
    EXPECT_EQ(field_of(post(path, {{"mapping", "{"}, {"sample", ""}})), "mapping");
    EXPECT_EQ(field_of(post(path, {{"name", "nosuch"}, {"sample", ""}})), "name");
    EXPECT_EQ(field_of(post(path, {{"name", "csv"}})), "sample");
    EXPECT_EQ(field_of(post(path, {{"name", "csv"}, {"sample", std::string(1'048'577, 'x')}})), "sample");
    EXPECT_EQ(post(path, {{"name", "csv"}, {"delivery", "01930b2e-6c00-7000-8000-00000000ffff"}}).status, 404);
    EXPECT_EQ(post(path, {{"name", "csv"}, {"delivery", deliver(broken)}}).json.at("rows"), 3);
}

TEST_F(DeliveryRoutes, show_the_shipped_mappings) {
    auto const list = get("/api/v1/mappings");
    EXPECT_EQ(list.json.at("items").size(), intake::Mappings::shipped().all().size());
    auto const one = ask(Method::get, "/api/v1/mappings/urlhaus");
    EXPECT_EQ(one.json.at("form"), "csv");
    EXPECT_TRUE(intake::Mapping::parse(one.json.at("text").get<std::string>()).has_value());
    EXPECT_EQ(ask(Method::get, "/api/v1/mappings/nosuch").status, 404);
}

}  // namespace
}  // namespace kula::api::testing
