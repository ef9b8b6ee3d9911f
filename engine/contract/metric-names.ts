// What the field's metrics are called, and how their values are read: one line a metric, by the name after the slash.

export interface MetricName {
  readonly label: string
  /** A share between 0 and 1, shown in per cent. */
  readonly share: boolean
  readonly lowerIsBetter: boolean
}

const share = (label: string): MetricName => ({ label, share: true, lowerIsBetter: false })
const lowShare = (label: string): MetricName => ({ label, share: true, lowerIsBetter: true })
const low = (label: string): MetricName => ({ label, share: false, lowerIsBetter: true })
const high = (label: string): MetricName => ({ label, share: false, lowerIsBetter: false })

export const metricNames: Readonly<Record<string, MetricName>> = {
  accuracy: share('Accuracy'),
  f1: share('F1'),
  'f1-micro': share('Micro F1'),
  'f1-macro': share('Macro F1'),
  precision: share('Precision'),
  recall: share('Recall'),
  top3: share('Right among the top 3'),
  top5: share('Right among the top 5'),
  loss: low('Loss'),
  ece: lowShare('Calibration error'),
  auc: share('Area under ROC'),
  log_loss: low('Log loss'),
  exact: share('Exact match'),
  map50: share('mAP@50'),
  map75: share('mAP@75'),
  map: share('mAP'),
  overlap: share('Overlap of boxes'),
  miou: share('Mean IoU'),
  dice: share('Dice'),
  'pixel-accuracy': share('Pixel accuracy'),
  'boundary-f1': share('Boundary F1'),
  token_accuracy: share('Token accuracy'),
  perplexity: low('Perplexity'),
  bits_per_character: low('Bits per character'),
  bits_per_character_5gram: low('Bits per character of the 5-gram'),
  gain_over_5gram: high('Bits saved against the 5-gram'),
  bleu: high('BLEU'),
  chrf: high('chrF'),
  wer: lowShare('Word error rate'),
  cer: lowShare('Character error rate'),
  greedy_wer: lowShare('Word error rate, greedy'),
  eer: lowShare('Equal error rate'),
  false_accepts_per_hour: low('False accepts an hour'),
  mae: low('Mean absolute error'),
  rmse: low('Root mean square error'),
  r2: high('R²'),
  mase: low('MASE'),
  mase_naive: low('MASE of the last value'),
  mase_seasonal_naive: low('MASE of the last season'),
  mase_drift: low('MASE of a straight line'),
  mase_holt_winters: low('MASE of Holt and Winters'),
  smape: lowShare('sMAPE'),
  coverage80: share('Coverage of the 80 % interval'),
  width80: low('Width of the 80 % interval'),
  skill: share('Better than the seasonal naive by'),
  threshold: low('Threshold'),
  ndcg10: share('NDCG@10'),
  hit10: share('Hit rate@10'),
}

/** `val/loss` → `loss`. */
export const bareMetric = (name: string): string => name.slice(name.lastIndexOf('/') + 1)

/** Unknown ones are named as they are, and more is better. */
export function metricName(name: string): MetricName {
  const bare = bareMetric(name)
  return metricNames[bare] ?? { label: bare, share: false, lowerIsBetter: false }
}
