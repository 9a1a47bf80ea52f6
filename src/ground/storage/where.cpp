#include "storage/where.hpp"

namespace kula::storage {
namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (char const c : text) {
        if (c == '%' || c == '_' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

}  // namespace

std::string like_anywhere(std::string_view text) { return '%' + escaped(text) + '%'; }
std::string like_prefix(std::string_view text) { return escaped(text) + '%'; }

}  // namespace kula::storage
