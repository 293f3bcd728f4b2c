/// The closed skeleton of a dispute's life. Packs compose steps within these phases; code knows no others.
///
/// The first three follow the stages of UNCITRAL's Technical Notes on ODR (2016): negotiation, facilitated settlement (here: investigation
/// with staff in the room), final stage.
public enum Phase: String, Hashable, Sendable, CaseIterable, Codable {
    /// Received; being checked and acknowledged.
    case intake
    /// The parties talk and offer; staff do not decide.
    case negotiation
    /// Staff ask for evidence and examine it.
    case investigation
    /// Enough is known; a ruling is due.
    case decision
    /// A ruling waits for its second key.
    case approval
    /// The ruling is being carried out at the escrow.
    case execution
    /// Carried out; whoever disagrees may appeal until the window closes.
    case appealWindow = "appeal-window"
    /// An appeal is being decided by someone else.
    case appeal
    /// Waiting for a court, an authority or another body.
    case referred
    case closed
}
