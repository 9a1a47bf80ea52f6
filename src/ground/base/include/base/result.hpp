#pragma once
/// @file
/// A value, or the reason there is none.
///
/// Boost 1.81's `boost::system::result` under our own name: g++ 12 has `std::expected` only in C++23 mode, which Debian
/// 12's clang-tidy cannot parse. The day that changes, this file is the only one to edit (decision 0002).

#include <string>
#include <utility>
#include <vector>

#include <boost/system/result.hpp>

namespace kula::base {

/// What went wrong, in terms the caller can act on. Rooms add no kinds of their own.
enum class Fault {
    invalid,      ///< The caller's input breaks a rule; `detail` names the field or place and the rule. HTTP 422.
    not_found,    ///< No such thing, or not visible to this actor; the two must look the same. HTTP 404.
    conflict,     ///< It changed since the caller read it; read again, then retry. HTTP 409.
    unavailable,  ///< A database, peer or disk did not answer; the same call may work later. HTTP 503.
    refused,      ///< This actor may not do this. HTTP 403.
};

/// One rule that one field of the caller's input breaks.
struct FieldProblem {
    std::string field;    ///< `limit`, `networks[2].value`.
    std::string message;  ///< What it must be, or is not.
};

/// One failure. `detail` is a sentence for operators and logs; it never holds personal data, secrets or evidence.
struct Error {
    Fault fault;
    std::string detail;
    std::vector<FieldProblem>
        fields{};  ///< Of an `invalid` input that was looked at field by field: all that is wrong.
};

/// Asking a failed `Result` for its value is a bug in the caller; it throws `std::logic_error`.
template <class T>
using Result = boost::system::result<T, Error>;

inline Error invalid(std::string detail) { return {Fault::invalid, std::move(detail)}; }
/// `detail` tells the first, and how many there are besides. At least one.
Error invalid(std::vector<FieldProblem> fields);
inline Error invalid(std::string field, std::string message) {
    return invalid(std::vector<FieldProblem>{{std::move(field), std::move(message)}});
}
inline Error not_found(std::string detail) { return {Fault::not_found, std::move(detail)}; }
inline Error conflict(std::string detail) { return {Fault::conflict, std::move(detail)}; }
inline Error unavailable(std::string detail) { return {Fault::unavailable, std::move(detail)}; }
inline Error refused(std::string detail) { return {Fault::refused, std::move(detail)}; }

/// Found by Boost through argument-dependent look-up.
[[noreturn]] void throw_exception_from_error(Error const& error, boost::source_location const& where);

}  // namespace kula::base
