// Reports of abuse are written as X-ARF 4 has them, and nothing that its readers would refuse.

#include "formats/xarf.hpp"

#include <gmock/gmock.h>

#include "formats/base64.hpp"

namespace kula::formats {
namespace {

using ::testing::HasSubstr;

XarfReport report() {
    XarfReport out{"550e8400-e29b-41d4-a716-446655440000",
                   base::from_microseconds(1'772'445'600'000'000),
                   {"Example CSIRT", "team@csirt.example", "csirt.example"},
                   "192.0.2.7",
                   53,
                   "vulnerability",
                   "open_service"};
    out.members = {
        {"service", std::string("dns")}, {"asn", std::int64_t{64496}}, {"uses", std::vector<std::string>{"a", "b"}}};
    out.tags = {"rsit:ddos-amplifier", "tlp:amber+strict"};
    out.evidence = {"text/plain", "What was seen", "a line\n", "ab12"};
    return out;
}

TEST(Xarf, a_report_is_one_line_of_json_in_the_order_of_the_schema) {
    EXPECT_EQ(xarf_report(report()).value(),
              R"({"xarf_version":"4.2.0","report_id":"550e8400-e29b-41d4-a716-446655440000",)"
              R"("timestamp":"2026-03-02T10:00:00Z",)"
              R"("reporter":{"org":"Example CSIRT","contact":"team@csirt.example","domain":"csirt.example"},)"
              R"("sender":{"org":"Example CSIRT","contact":"team@csirt.example","domain":"csirt.example"},)"
              R"("source_identifier":"192.0.2.7","source_port":53,"category":"vulnerability","type":"open_service",)"
              R"("service":"dns","asn":64496,"uses":["a","b"],)"
              R"("evidence":[{"content_type":"text/plain","description":"What was seen","payload":"YSBsaW5lCg==",)"
              R"("hash":"sha256:ab12","size":7}],"tags":["rsit:ddos-amplifier","tlp:amber+strict"]})");
}

TEST(Xarf, what_is_wrong_is_named) {
    auto const refused = [](auto change) {
        auto wrong = report();
        change(wrong);
        auto const written = xarf_report(wrong);
        return written ? std::string("nothing") : written.error().detail;
    };
    EXPECT_EQ(refused([](auto& each) { each.source.clear(); }), "source_identifier: is missing");
    EXPECT_EQ(refused([](auto& each) { each.reporter.domain.clear(); }), "reporter.domain: is missing");
    EXPECT_EQ(refused([](auto& each) { each.reporter.address = "nobody"; }), "reporter.contact: is no address of mail");
    EXPECT_EQ(refused([](auto& each) { each.source_port = 0; }), "source_port: is 0");
    EXPECT_EQ(refused([](auto& each) { each.tags = {"Malware:x"}; }), "tags: `Malware:x` is not namespace:value");
    EXPECT_EQ(refused([](auto& each) { each.tags.assign(21, "a:b"); }), "tags: are more than 20");
    EXPECT_EQ(refused([](auto& each) { each.evidence->bytes.assign(longest_xarf_evidence + 1, 'x'); }),
              "evidence.payload: is longer than 16 KiB");
}

TEST(Xarf, what_a_source_told_stays_inside_its_member) {
    auto hostile = report();
    hostile.members = {{"service", std::string("x\",\"type\":\"spam\n\xff")}};
    EXPECT_THAT(xarf_report(hostile).value(), HasSubstr(R"("service":"x\",\"type\":\"spam\n)"
                                                        "\xef\xbf\xbd\""));
}

TEST(Base64, what_is_written_is_read_again) {
    for (std::string const bytes : {"", "a", "ab", "abc", "\xff\xfe\xfd\xfc"}) {
        EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
        EXPECT_EQ(is_base64(to_base64(bytes)), !bytes.empty());
    }
    EXPECT_EQ(to_base64("ab"), "YWI=");
    EXPECT_EQ(from_base64("Y\r\nWI"), "ab") << "padding may be left out, lines may be broken";
    EXPECT_EQ(from_base64("YW=I"), std::nullopt);
    EXPECT_EQ(from_base64("Y*=="), std::nullopt);
    EXPECT_FALSE(is_base64("YWI"));
}

}  // namespace
}  // namespace kula::formats
