type Corpus = 'answers' | 'replies' | 'verdicts' | 'beliefs' | 'haggling' | 'diffs'

/** Lines of the foreign corpora that are open to argument: they count in no rate. */
export const OPEN: Readonly<Record<Corpus, readonly string[]>> = {
  answers: ids(
    'A008 A019 A044 A056 A062 A070 A083 A104 A106 A130 A131 A155 A160 A169 A173 A175 A190 A191 A200 A202 A206 A211 A212 A214 A217 A220 A221 A224 A226 A227 A229 A230 A233 A245 A254 A256 A265 A266 A271 A272 A281 A283 A284 A287 A299 A305 A311 A334 A346 A356',
  ),
  replies: ids('R005 R071 R023 R151 R167 R058 R296 R166 R302 R076 R077 R317'),
  verdicts: ids(
    'V005 V215 V071 V100 V110 V218 V124 V254 V029 V103 V113 V242 V115 V146 V019 V221 V230 V154 V046 V038 V049 V148',
  ),
  beliefs: ids(
    'T013 T025 T085 T086 T107 T140 T142 T167 T173 T002 T046 T038 T064 T073 T082 T118 T124 T155 T055 T127 T133 T001',
  ),
  haggling: ids(
    'N010 N083 N092 N104 N176 N181 N196 N052 N107 N142 N200 N076 N197 N002 N020 N088 N158 N190 N152 N173 N191 N019 N184',
  ),
  diffs: ids('D088 D023 D020 D056 D068 D119 D130'),
}

function ids(text: string): readonly string[] {
  return text.split(' ')
}
