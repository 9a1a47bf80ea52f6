// Whatever a client writes as target, Host and Origin: parsed or refused, never a crash; what is accepted is UTF-8.

#include <cstdint>
#include <cstdlib>

#include "net/problem.hpp"
#include "net/router.hpp"
#include "site_policy.hpp"
#include "text.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    using namespace kula::net;
    std::string_view const input(reinterpret_cast<char const*>(bytes), size);
    static auto const router = [] {
        Router made;
        auto const none = [](Request const&) { return no_content(); };
        made.add(Method::get, "/a/{id}", none)
            .add(Method::get, "/desk/{file...}", none)
            .add(Method::post, "/a/b", none);
        return made;
    }();
    static SitePolicy const policy({"localhost", "::1"}, {"https://trusted.example.org"});

    auto const line = input.find('\n');
    if (auto const target = parse_target(input.substr(0, line))) {
        for (auto const& segment : target->segments) {
            if (!is_utf8(segment)) std::abort();
        }
        for (auto const& [name, value] : target->query.value_or(std::vector<Parameter>())) {
            if (!is_utf8(name) || !is_utf8(value)) std::abort();
        }
        static_cast<void>(router.find(Method::get, target->segments));
        static_cast<void>(policy.objection(Method::get, Scheme::http, {}, target->authority));
    }
    if (line != std::string_view::npos) {
        auto const second = input.substr(line + 1);
        auto const half = second.substr(0, second.size() / 2);
        if (is_field_value(half) && is_field_value(second)) {
            Headers headers;
            headers.add("Host", std::string(half));
            headers.add("Origin", std::string(second));
            static_cast<void>(policy.objection(Method::post, Scheme::https, headers, ""));
        }
    }
    static_cast<void>(to_response(Problem{Status::bad_request, std::string(input)}));
    return 0;
}
