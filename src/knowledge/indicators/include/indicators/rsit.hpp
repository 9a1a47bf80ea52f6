#pragma once
/// @file
/// The Reference Security Incident Taxonomy (RSIT), by which Kula classifies: a class always, a type where it is known.
///
/// Source: ENISA Reference Incident Classification Taxonomy Task Force, machine-readable version 1003; values are kept
/// exactly, labels are in the languages of the desk. The data is `data/rsit.json`. Immutable; safe from any thread.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace kula::indicators {

/// The same words in the languages of the desk.
struct RsitLabel {
    std::string en, mk, sq;
};

struct RsitType {
    std::string value;
    RsitLabel label;
};

struct RsitClass {
    std::string value;
    RsitLabel label;
    std::vector<RsitType> types;
};

class Rsit {
public:
    /// Fails with `invalid` where a value is missing or there twice, a label is missing, or a class has no type.
    static base::Result<Rsit> parse(std::string_view json);
    /// As shipped: version 1003, 11 classes, 39 types.
    static Rsit const& shipped();

    [[nodiscard]] std::vector<RsitClass> const& classes() const { return classes_; }
    [[nodiscard]] RsitClass const* find(std::string_view rsit_class) const;

    /// The class is mandatory and known; the type, unless empty, is one of that class. Fails with `invalid`.
    [[nodiscard]] base::Result<void> check(std::string_view rsit_class, std::string_view rsit_type = {}) const;

private:
    std::vector<RsitClass> classes_;
};

}  // namespace kula::indicators
