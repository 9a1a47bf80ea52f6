#pragma once

namespace lower {
constexpr int secret = 7;
}
