// Whether a sanitizer watches the tests, with a heap and shadows of its own.
#pragma once

namespace conform {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace conform
