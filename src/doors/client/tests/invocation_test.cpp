#include "invocation.hpp"

#include <map>

#include "completion.hpp"
#include "help.hpp"
#include "small_contract.hpp"

namespace kula::client {
namespace {

using testing::contract;
using Query = std::vector<std::pair<std::string, std::string>>;

class Typed : public ::testing::Test {
protected:
    Contract const known = contract();
    std::map<std::string, std::string> environment;

    base::Result<Invocation> parse(std::vector<std::string> const& arguments) const {
        return parse_invocation(known, arguments, [this](std::string const& name) {
            auto const found = environment.find(name);
            return found == environment.end() ? std::nullopt : std::optional(found->second);
        });
    }
    std::string fault(std::vector<std::string> const& arguments) const {
        auto const parsed = parse(arguments);
        return parsed ? "nothing is wrong" : parsed.error().detail;
    }
};

TEST_F(Typed, parameters_of_the_contract_are_options) {
    auto const parsed = parse({"organisations", "list", "--sector", "energy", "--with-conflicts", "--sort=-name"});
    ASSERT_TRUE(parsed) << parsed.error().detail;
    EXPECT_EQ(parsed->operation->name(), "organisations list");
    EXPECT_EQ(parsed->query, (Query{{"sector", "energy"}, {"with_conflicts", "true"}, {"sort", "-name"}}));
    EXPECT_EQ(parse({"organisations", "list", "--with-conflicts", "false"})->query,
              (Query{{"with_conflicts", "false"}}));
    EXPECT_EQ(parse({"organisations", "list", "--with_conflicts=false"})->query, (Query{{"with_conflicts", "false"}}));
}

TEST_F(Typed, an_option_of_the_client_leaves_its_name_where_it_means_nothing) {
    EXPECT_EQ(parse({"organisations", "list", "--from", "2026-11-25"})->query, (Query{{"from", "2026-11-25"}}));
    auto const create = parse({"organisations", "create", "--from", "-"});
    ASSERT_TRUE(create);
    EXPECT_EQ(create->options.from, "-");
    EXPECT_TRUE(create->query.empty());
    EXPECT_EQ(parse({"organisations", "list", "--limit", "7"})->options.limit, 7u) << "rows, over all pages";
}

TEST_F(Typed, ids_choose_among_commands_of_one_name) {
    EXPECT_EQ(parse({"users", "sessions", "delete", "a"})->operation->path, "/api/v1/users/{id}/sessions");
    EXPECT_EQ(parse({"users", "sessions", "delete", "a", "b"})->operation->path,
              "/api/v1/users/{id}/sessions/{session}");
    EXPECT_EQ(fault({"organisations", "get"}), "'kula api organisations get' takes 1 id, not 0; see its --help");
    EXPECT_EQ(fault({"organisations", "get", ""}), "'kula api organisations get': the id is empty");
}

TEST_F(Typed, a_file_may_stand_without_its_option) {
    EXPECT_EQ(parse({"organisations", "import", "rows.csv", "--source", "x"})->options.from, "rows.csv");
    EXPECT_EQ(fault({"organisations", "import", "rows.csv"}), "'kula api organisations import' needs --source");
}

TEST_F(Typed, a_slip_is_told_with_what_would_be_right) {
    EXPECT_EQ(fault({"organisation", "list"}),
              "there is no 'organisation' here; there are organisations, exporters, users, stream");
    EXPECT_EQ(fault({"organisations", "show"}),
              "there is no 'show' here; there are list, create, get, change, delete, import");
    EXPECT_EQ(fault({"organisations", "list", "--colour", "x"}),
              "--colour is no option of 'kula api organisations list'; see its --help");
    EXPECT_EQ(fault({"organisations", "list", "--sort", "size"}),
              "--sort: 'size' is not: name|-name, name unless told");
    EXPECT_EQ(fault({"organisations", "list", "--sector"}), "--sector: its value is missing");
    EXPECT_EQ(fault({"organisations", "list", "--format", "xml"}), "--format: 'xml' is not table, json, jsonl or csv");
    EXPECT_EQ(fault({"organisations", "list", "--limit", "0"}), "--limit: '0' is not a number from 1");
    EXPECT_EQ(fault({"organisations", "get", "x", "--all"}), "--all means nothing to 'kula api organisations get'");
    EXPECT_EQ(fault({"raw", "GET", "status"}),
              "'kula api raw' takes a method and a path, such as: raw GET /api/v1/status");
}

TEST_F(Typed, options_go_before_what_the_environment_says) {
    environment = {{"KULA_SERVER", "https://a.example"}, {"KULA_TOKEN_FILE", "/t"}};
    auto const parsed = parse({"--server", "https://b.example", "organisations", "list"});
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->options.server, "https://b.example");
    EXPECT_EQ(parsed->options.token_file, "/t");
}

TEST_F(Typed, watch_is_short_for_the_stream) {
    EXPECT_EQ(parse({"watch", "--limit", "2"})->operation->path, "/api/v1/stream");
}

TEST_F(Typed, help_stands_at_every_level) {
    EXPECT_EQ(parse({})->kind, Invocation::Kind::help);
    EXPECT_EQ(parse({"organisations"})->kind, Invocation::Kind::help);
    auto const everything = help_on_everything(known, 100);
    EXPECT_NE(everything.find("list, create, get, change, delete, import"), std::string::npos) << everything;
    EXPECT_NE(everything.find("sessions list, sessions delete"), std::string::npos);
    EXPECT_NE(everything.find("5  changed meanwhile"), std::string::npos);
    auto const one = parse({"organisations", "create", "--help"});
    ASSERT_TRUE(one && one->operation);
    auto const told = help_on(*one->operation, 100);
    for (auto const* part : {"kula api organisations create", "Add an organisation", "needs organisations.write",
                             "--field", "clear|green|amber|red, amber unless told", "--reason"})
        EXPECT_NE(told.find(part), std::string::npos) << part << "\n" << told;
    EXPECT_EQ(told.find("--all"), std::string::npos);
    EXPECT_NE(help_on(*parse({"organisations", "list", "-h"})->operation, 100).find("--sector text"),
              std::string::npos);
}

TEST_F(Typed, a_shell_is_offered_what_may_follow) {
    EXPECT_EQ(*completion(known, {"completion", "bash", "users"}), "sessions\n");
    EXPECT_NE(completion(known, {"completion", "bash", "organisations", "list"})->find("--with-conflicts\n"),
              std::string::npos);
    EXPECT_NE(completion(known, {"completion", "bash"})->find("complete -o default"), std::string::npos);
    EXPECT_FALSE(completion(known, {"completion", "fish"}));
}

}  // namespace
}  // namespace kula::client
