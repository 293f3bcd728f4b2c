import ArgumentParser

/// `recourse case …`: everything a person does to a dispute.
struct CaseCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "case",
        abstract: "Work on disputes.",
        discussion: """
            CASE is a full id, the last 8 characters of one, the order's number, or source:number (cfpb:7101234).

            Example:
              recourse case open --order P2P-1001 --reason P2P-B01 --as account:maria
              recourse case take P2P-1001 --as amir
              recourse case show P2P-1001
            """,
        subcommands: [
            OpenCase.self, ShowCase.self, ListCases.self, NextCase.self, WhyCase.self, PrecedentsOfCase.self, LettersOfCase.self, HistoryOfCase.self,
            SnoozeCase.self, WakeCase.self, FollowCase.self, ListFollowed.self,
            TakeCase.self, AssignCase.self, ReleaseCase.self, SetTier.self, DeclareRelation.self,
            AdmitClaim.self, RefuseClaim.self, WithdrawClaim.self, AnswerClaim.self, Counterclaim.self, RaisePoint.self, CallStaff.self,
            SendMessage.self, WriteNote.self, Acknowledge.self, Respond.self,
            RequestEvidence.self, WaiveRequest.self, AnswerRequest.self, GiveNotice.self, SubmitExhibit.self, ViewExhibit.self,
            ConcludeInvestigation.self,
            MakeOffer.self, AcceptOffer.self, DeclineOffer.self, WithdrawOffer.self,
            PlaceHold.self, LiftHold.self, LegalHold.self,
            MakeRuling.self, RuleByDefault.self, ApproveRuling.self, ReturnRuling.self,
            ExecuteSettlement.self, ConfirmSettlement.self, ReportFailure.self,
            FileAppeal.self, CastVote.self, EscalateAppeal.self, DecideAppeal.self,
            ExtendClock.self, RecordScheme.self,
            ReopenCase.self, MergeCase.self, UnmergeCase.self, LinkCase.self, ComplainAbout.self, CloseCase.self,
        ])
}
