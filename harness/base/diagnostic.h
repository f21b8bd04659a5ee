// A mistake in a file: where it is, what is wrong, what to do.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_text.h"

namespace conform {

struct Diagnostic {
  enum class Kind { kError, kWarning };

  Kind kind = Kind::kError;
  std::string path;
  Span span;            ///< line 0: the file as a whole, no excerpt.
  std::string message;  ///< what is wrong, in the file's own words; one line.
  std::string excerpt;  ///< the line `span` is on; empty where it is over kMaxExcerptBytes.
  std::string advice;   ///< what to do; may be empty.
};

inline constexpr std::size_t kMaxExcerptBytes = std::size_t{16} * 1024;
/// Of one file; more are counted, but not kept: nobody reads them, and a hostile file has millions.
inline constexpr std::size_t kMaxDiagnosticsShown = 100;

/// `path:line:col: error: message`, the numbered line, carets under the span, then the advice.
std::string Render(const Diagnostic& diagnostic);

/// ` 12 |   status: 204` and carets under `span`, each line ended. Long lines are cut to a window
/// of 160 characters around the span.
std::string RenderExcerpt(std::string_view line_text, const Span& span);

/// Collects what is wrong; all mistakes of a file are shown in one go.
class Diagnostics {
 public:
  void Add(const SourceText& source, const Span& span, std::string message,
           std::string advice = "");
  void Warn(const SourceText& source, const Span& span, std::string message,
            std::string advice = "");
  /// About a file as a whole, say one that could not be read.
  void AddFile(std::string path, std::string message, std::string advice = "");
  /// As if each had been added here.
  void Append(Diagnostics other);

  bool HasErrors() const { return errors_ > 0; }
  std::size_t errors() const { return errors_; }
  bool empty() const { return items_.empty(); }
  /// Sorted by path, then line, then column.
  std::vector<Diagnostic> Sorted() const;
  std::string RenderAll() const;

 private:
  void Keep(Diagnostic diagnostic);
  /// Whether the last file has it already: one case may be held against several editions.
  bool IsTold(const Diagnostic& diagnostic) const;

  std::vector<Diagnostic> items_;
  std::size_t errors_ = 0;
  std::size_t of_last_path_ = 0;  // how many items in a row are about the last one's path
};

}  // namespace conform
