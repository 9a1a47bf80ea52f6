#include "net/router.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "text.hpp"

namespace kula::net {
namespace {

Handler none() {
    return [](Request const&) { return no_content(); };
}

struct Outcome {
    std::string pattern{};
    std::vector<Parameter> parameters{};
    std::string allow{};
};

Outcome look_up(Router const& router, Method method, std::string_view path) {
    auto const outcome = router.find(method, parse_target(path)->segments);
    if (auto const* found = std::get_if<Router::Found>(&outcome)) return {found->route->pattern, found->parameters};
    if (auto const* wrong = std::get_if<Router::WrongMethod>(&outcome)) return {"", {}, wrong->allow};
    return {};
}

Router sample() {
    Router router;
    router.add(Method::get, "/api/v1/indicators/{id}", none())
        .add(Method::post, "/api/v1/indicators/import", none())
        .add(Method::remove, "/api/v1/indicators/{id}", none())
        .add(Method::get, "/api/v1/indicators/sources", none())
        .add(Method::get, "/desk/{file...}", none())
        .add(Method::get, "/", none());
    return router;
}

TEST(Router, literal_segments_win_over_parameters) {
    auto const router = sample();
    EXPECT_EQ(look_up(router, Method::get, "/api/v1/indicators/sources").pattern, "/api/v1/indicators/sources");
    auto const found = look_up(router, Method::get, "/api/v1/indicators/198.51.100.0%2F24");
    EXPECT_EQ(found.pattern, "/api/v1/indicators/{id}");
    ASSERT_EQ(found.parameters.size(), 1u);
    EXPECT_EQ(found.parameters[0].name, "id");
    EXPECT_EQ(found.parameters[0].value, "198.51.100.0/24");
}

TEST(Router, get_answers_head) { EXPECT_EQ(look_up(sample(), Method::head, "/").pattern, "/"); }

TEST(Router, tells_an_unknown_path_from_a_wrong_method) {
    auto const router = sample();
    EXPECT_EQ(look_up(router, Method::put, "/api/v1/indicators/import").allow, "GET, HEAD, POST, DELETE, OPTIONS");
    EXPECT_EQ(look_up(router, Method::post, "/api/v1/indicators/sources").allow, "GET, HEAD, DELETE, OPTIONS");
    auto const unknown = look_up(router, Method::get, "/api/v2");
    EXPECT_TRUE(unknown.pattern.empty());
    EXPECT_TRUE(unknown.allow.empty());
}

TEST(Router, a_parameter_is_never_empty) {
    auto const found = look_up(sample(), Method::get, "/api/v1/indicators/");
    EXPECT_TRUE(found.pattern.empty());
    EXPECT_TRUE(found.allow.empty());
}

TEST(Router, the_rest_of_a_path_may_be_anything) {
    auto const router = sample();
    EXPECT_EQ(look_up(router, Method::get, "/desk/").parameters.at(0).value, "");
    EXPECT_EQ(look_up(router, Method::get, "/desk/assets/a.js").parameters.at(0).value, "assets/a.js");
    EXPECT_TRUE(look_up(router, Method::get, "/desk").pattern.empty());
}

TEST(Router, the_same_route_twice_is_a_bug) {
    auto router = sample();
    EXPECT_THROW(router.add(Method::get, "/", none()), std::logic_error);
    EXPECT_THROW(router.add(Method::get, "relative", none()), std::logic_error);
}

TEST(Router, what_no_pattern_fits_may_have_a_handler_for_those_who_read) {
    auto router = sample();
    router.otherwise(none());
    auto const found = router.find(Method::head, parse_target("/nowhere")->segments);
    ASSERT_TRUE(std::holds_alternative<Router::Found>(found));
    EXPECT_EQ(std::get<Router::Found>(found).route->pattern, "");
    EXPECT_TRUE(
        std::holds_alternative<Router::NoSuchPath>(router.find(Method::post, parse_target("/nowhere")->segments)));
    EXPECT_EQ(look_up(router, Method::get, "/api/v1/indicators/import").pattern, "/api/v1/indicators/{id}");
    EXPECT_EQ(look_up(router, Method::post, "/").allow, "GET, HEAD, OPTIONS") << "a wrong method stays wrong";
    EXPECT_THROW(router.otherwise(none()), std::logic_error);
}

}  // namespace
}  // namespace kula::net
