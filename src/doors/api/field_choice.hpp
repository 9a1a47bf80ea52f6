#pragma once
/// @file
/// `fields=id,name`: only some members of what is read; the same way for every list and record whose operation takes it
/// in the contract.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "contract.hpp"
#include "net/http.hpp"

namespace kula::api {

class FieldChoice {
public:
    /// What this request chooses; everything where it does not choose, or may not. `invalid` names an unknown field.
    static base::Result<FieldChoice> of(net::Request const& request, OperationRule const& rule);

    [[nodiscard]] bool is_everything() const { return chosen_.empty(); }
    /// In the order of the contract.
    [[nodiscard]] std::vector<std::string> const& chosen() const { return chosen_; }
    /// The request as its handler is to see it.
    [[nodiscard]] static net::Request without(net::Request request);
    /// The answer with nothing but what was chosen; one that is not 200 as it is.
    [[nodiscard]] net::Response apply(net::Response response) const;

private:
    std::vector<std::string> chosen_{};
    FieldsOf of_ = FieldsOf::answer;
};

/// The words of a text, which are parted by one such character each.
std::vector<std::string> words(std::string_view text, char parted_by);

}  // namespace kula::api
