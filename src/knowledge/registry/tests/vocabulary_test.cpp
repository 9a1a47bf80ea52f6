#include "registry/vocabulary.hpp"

#include <gtest/gtest.h>

#include "registry/entity_class.hpp"

namespace kula::registry {
namespace {

bool is_told(Labels const& labels) { return !labels.en.empty() && !labels.mk.empty() && !labels.sq.empty(); }

TEST(Vocabulary, has_labels_in_every_language) {
    for (auto const& each : sectors()) {
        EXPECT_TRUE(is_told(each.labels)) << each.id;
        for (auto const& part : each.subsectors) EXPECT_TRUE(is_told(part.labels)) << each.id << ' ' << part.id;
    }
    for (auto const& role : contact_roles()) EXPECT_TRUE(is_told(role.labels)) << role.id;
    EXPECT_TRUE(is_sector("health"));
    EXPECT_FALSE(is_sector(""));
    EXPECT_TRUE(is_contact_role("duty"));
    EXPECT_FALSE(is_contact_role("king"));
}

/// Directive (EU) 2022/2555: annex I has eleven sectors (public electronic communications, in its point 8, are one of
/// their own here), annex II seven; energy has five sub-sectors, transport four, manufacturing six.
TEST(Vocabulary, holds_the_annexes_of_nis2) {
    auto const in_annex = [](int annex) {
        std::size_t out = 0;
        for (auto const& each : sectors()) out += each.annex == annex ? 1U : 0U;
        return out;
    };
    EXPECT_EQ(in_annex(1), 11u + 1u);
    EXPECT_EQ(in_annex(2), 7u);
    EXPECT_EQ(sector("energy")->subsectors.size(), 5u);
    EXPECT_EQ(sector("transport")->subsectors.size(), 4u);
    EXPECT_EQ(sector("manufacturing")->subsectors.size(), 6u);
    EXPECT_EQ(subsector(*sector("energy"), "road"), nullptr);
}

struct Case {
    char const* sector;
    char const* subsector;
    std::optional<OrganisationSize> size;
    EntityClass entity_class;
    char const* basis;
};

TEST(EntityClass, is_suggested_as_article_3_of_nis2_says) {
    using enum OrganisationSize;
    Case const cases[] = {
        {"health", "", large, EntityClass::essential, "3(1)(a)"},
        {"health", "", medium, EntityClass::important, "3(2)"},
        {"health", "", small, EntityClass::none, "below"},
        {"food", "", large, EntityClass::important, "3(2)"},
        {"food", "", micro, EntityClass::none, "below"},
        {"digital_infrastructure", "dns", micro, EntityClass::essential, "3(1)(b)"},
        {"digital_infrastructure", "tld_registries", {}, EntityClass::essential, "3(1)(b)"},
        {"digital_infrastructure", "qualified_trust_services", small, EntityClass::essential, "3(1)(b)"},
        {"digital_infrastructure", "trust_services", small, EntityClass::important, "2(2)(a)"},
        {"digital_infrastructure", "trust_services", large, EntityClass::essential, "3(1)(a)"},
        {"digital_infrastructure", "public_networks", medium, EntityClass::essential, "3(1)(c)"},
        {"telecommunications", "", small, EntityClass::important, "2(2)(a)"},
        {"public_administration", "central_government", {}, EntityClass::essential, "3(1)(d)"},
        {"public_administration", "regional_government", {}, EntityClass::important, "2(2)(f)"},
        {"public_administration", "local_government", {}, EntityClass::none, "outside"},
        {"media", "", large, EntityClass::none, "outside"},
    };
    for (auto const& each : cases) {
        std::string const part = each.subsector;
        auto const found = suggested_class(each.sector, part.empty() ? std::nullopt : std::optional(part), each.size);
        ASSERT_TRUE(found.has_value()) << each.sector << ' ' << part;
        EXPECT_EQ(to_text(found->entity_class), to_text(each.entity_class)) << each.sector << ' ' << part;
        EXPECT_EQ(found->basis, each.basis) << each.sector << ' ' << part;
    }
    EXPECT_FALSE(suggested_class("health", {}, {}).has_value()) << "depends on the size";
    EXPECT_FALSE(suggested_class({}, {}, large).has_value()) << "depends on the sector";
}

}  // namespace
}  // namespace kula::registry
