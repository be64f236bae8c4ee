import { lexicon, type Concept } from './concept.ts'

export const formal: Concept = {
  name: 'formal',
  label: 'formal language',
  lexicon: lexicon(`
    furthermore moreover therefore hence thus hereby herein thereof pursuant accordance accordingly regarding concerning
    aforementioned notwithstanding whereas hereinafter henceforth shall respectfully sincerely submit* request* require*
    provision* agreement* committee* policy policies compliance comply approv* authori* document* undersigned sir madam
    applicable relevant respective* procedure* regulation* obligation* establish* implement* facilitat* ensure* consider*
    additional* significant* appropriate* subsequent* prior commence* conclude* sufficient* legislation* statut*
    contract* clause* council board article section`),
  phrases: {
    train: {
      openings: [
        'We hereby request that the applicant',
        'Pursuant to the agreement, the undersigned',
        'It is required that each party',
        'The committee resolves that the contractor',
        'In accordance with the policy, the member',
        'We respectfully submit that the institution',
        'The parties agree that the authority',
        'Under the applicable regulation, the recipient',
      ],
      endings: [
        'shall submit the relevant documents in writing',
        'shall comply with the terms of the agreement',
        'shall obtain prior approval from the committee',
        'shall bear the obligations set out herein',
        'shall be notified of the decision in due course',
        'shall provide sufficient evidence of compliance',
        'shall establish the procedures required by the policy',
        'shall be considered bound by the regulation',
      ],
    },
    test: {
      openings: [
        'Furthermore, the aforementioned proposal',
        'Notwithstanding clause four, the tenure',
        'With regard to the matter at hand, the statute',
        'Moreover, the council finds that this provision',
        'Accordingly, the esteemed delegation',
        'The board wishes to inform you that the mandate',
        'In light of the foregoing, said legislation',
        'Dear Sir or Madam, the enclosed report',
      ],
      endings: [
        'may be amended subsequent to its ratification',
        'is deemed appropriate for implementation forthwith',
        'will henceforth remain in full effect',
        'constitutes a significant advancement therein',
        'was duly authorised by the competent officials',
        'merits additional deliberation at the next session',
        'pertains solely to the respective jurisdictions',
        'is therefore concluded and thus adopted',
      ],
    },
  },
}
