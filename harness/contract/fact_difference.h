// Compares the structured facts of two contracts.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "contract/edition_difference.h"

namespace conform {

/// Where changes go while two contracts are compared.
class ChangeList {
 public:
  void Add(ChangeKind kind, std::string about, std::string says, std::string before = "",
           std::string now = "") {
    changes_.push_back(
        {kind, std::move(about), std::move(says), std::move(before), std::move(now), {}, {}});
  }
  /// Whether a change was added about that fact, or a part of it.
  bool Tells(std::string_view about) const;

  std::vector<EditionChange>& changes() { return changes_; }
  bool empty() const { return changes_.empty(); }

 private:
  std::vector<EditionChange> changes_;
};

/// Maturity, licence, clouds, server, method, paths, parameters, header fields, request body,
/// permissions and effect.
void CompareRequestFacts(const Contract& before, const Contract& now, ChangeList& changes);
/// Who may call, with which permissions; part of the above.
void ComparePermissions(const Contract& before, const Contract& now, ChangeList& changes);
/// Conditions, order and content of the answers.
void CompareResponseFacts(const Contract& before, const Contract& now, ChangeList& changes);
/// Contents by media type, told about `about`.
void CompareContents(const std::vector<MediaContent>& before, const std::vector<MediaContent>& now,
                     bool to_client, const std::string& about, ChangeList& changes);
/// Notes and clauses; after the facts, since the words about a fact that changed are its own.
void CompareClauses(const Contract& before, const Contract& now, ChangeList& changes);

}  // namespace conform
